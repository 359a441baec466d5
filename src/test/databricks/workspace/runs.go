package main

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"sync"

	"github.com/databricks/cli/libs/testserver"
	"github.com/databricks/databricks-sdk-go/service/jobs"
)

// When runs start, and how long a task takes, in milliseconds.
const (
	startOfRuns = 1767225600000
	minute      = 60_000
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

// runNow starts a run as the fake does, then lets the tasks fail that are to. Tasks take a minute.
func (f *failures) runNow(request testserver.Request) any {
	response := request.Workspace.JobsRunNow(request)
	started, ok := response.Body.(jobs.RunNowResponse)
	if !ok {
		return response
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	defer request.Workspace.LockUnlock()()
	run := request.Workspace.JobRuns[started.RunId]
	run.StartTime = startOfRuns
	run.EndTime = startOfRuns + minute*int64(len(run.Tasks))
	request.Workspace.JobRuns[started.RunId] = run
	for i := range run.Tasks {
		task := &run.Tasks[i]
		task.StartTime = startOfRuns + minute*int64(i)
		task.EndTime = task.StartTime + minute
		if message, failing := f.errors[request.Token][task.TaskKey]; failing {
			task.State.ResultState = jobs.RunResultStateFailed
			task.State.StateMessage = message
			request.Workspace.JobRunOutputs[task.RunId] = jobs.RunOutput{Error: message}
		}
	}
	return response
}

// listRuns gives the runs of a job, the newest first, a page at a time.
func listRuns(request testserver.Request) any {
	query := request.URL.Query()
	job, _ := strconv.ParseInt(query.Get("job_id"), 10, 64)
	limit, err := strconv.Atoi(query.Get("limit"))
	if err != nil {
		limit = 20
	}
	defer request.Workspace.LockUnlock()()
	runs := []jobs.BaseRun{}
	for _, run := range request.Workspace.JobRuns {
		if run.JobId == job {
			runs = append(runs, jobs.BaseRun{
				RunId: run.RunId, JobId: run.JobId, RunName: run.RunName, RunPageUrl: run.RunPageUrl, State: run.State,
				StartTime: run.StartTime, EndTime: run.EndTime,
			})
		}
	}
	slices.SortFunc(runs, func(a, b jobs.BaseRun) int { return cmp.Compare(b.RunId, a.RunId) })
	return testserver.Response{Body: jobs.ListRunsResponse{Runs: runs[:min(limit, len(runs))]}}
}
