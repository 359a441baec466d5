package main

import (
	"encoding/json"
	"sync"

	"github.com/databricks/cli/libs/testserver"
	"github.com/databricks/databricks-sdk-go/service/jobs"
)

// failures are the tasks that fail, by token and task key.
type failures struct {
	mutex  sync.Mutex
	errors map[string]map[string]string
}

func newFailures() *failures {
	return &failures{errors: map[string]map[string]string{}}
}

func (f *failures) add(request testserver.Request) any {
	var failure struct {
		TaskKey string `json:"task_key"`
		Error   string `json:"error"`
	}
	if err := json.Unmarshal(request.Body, &failure); err != nil {
		return testserver.Response{StatusCode: 400, Body: err.Error()}
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.errors[request.Token] == nil {
		f.errors[request.Token] = map[string]string{}
	}
	f.errors[request.Token][failure.TaskKey] = failure.Error
	return testserver.Response{StatusCode: 200}
}

// runNow starts a run as the fake does, then lets the tasks fail that are to.
func (f *failures) runNow(request testserver.Request) any {
	response := request.Workspace.JobsRunNow(request)
	started, ok := response.Body.(jobs.RunNowResponse)
	if !ok {
		return response
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	defer request.Workspace.LockUnlock()()
	for _, task := range request.Workspace.JobRuns[started.RunId].Tasks {
		if message, failing := f.errors[request.Token][task.TaskKey]; failing {
			task.State.ResultState = jobs.RunResultStateFailed
			task.State.StateMessage = message
			request.Workspace.JobRunOutputs[task.RunId] = jobs.RunOutput{Error: message}
		}
	}
	return response
}
