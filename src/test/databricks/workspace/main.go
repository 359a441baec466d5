// The workspace that tests deploy to: the fake that the Databricks CLI is itself tested with (libs/testserver), with the
// few things that these tests need and that it lacks:
//
//   - refusal of fields that a request does not have (fields.go): it ignores them;
//   - POST /lakehouse/failure, the error with which a task of later runs fails (runs.go): it lets every JAR task succeed;
//   - POST /lakehouse/disturbance, an upload cut in its middle, an answer with headers or a lost one (disturbances.go): its own
//     faults answer whole requests, without headers;
//   - the person who deploys belongs to the group lakehouse-engineers, which manages what is shared: its person to none;
//   - DELETE of a folder in a volume (folders.go), which a deployment does before it puts the jar there: it has none;
//   - lists of a job's runs, of groups and of external locations (runs.go, lists.go): it has none, or does not filter;
//   - one query that every warehouse knows (statements.go): it knows none;
//   - GET /lakehouse/state, everything that is deployed (state.go): it answers one resource at a time;
//   - GET /lakehouse/refused, the requests that were refused, for a test to fail on.
//
// Each token has a workspace of its own. The first line printed is the address. The process ends with its standard input,
// so that none outlives the tests that started it.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"github.com/databricks/cli/libs/testserver"
	"github.com/databricks/databricks-sdk-go/service/iam"
)

func main() {
	refusals := &refusals{}
	server := testserver.New(refusals)
	failures := newFailures()
	disturbances := &disturbances{}
	server.Handle("POST", "/lakehouse/failure", failures.add)
	server.Handle("POST", "/lakehouse/disturbance", disturbances.add)
	server.Handle("GET", "/lakehouse/state", state)
	server.Handle("GET", "/lakehouse/refused", refusals.list)
	// Before the defaults, since of two handlers for a request the first one counts.
	server.Handle("POST", "/api/2.2/jobs/run-now", failures.runNow)
	server.Handle("GET", "/api/2.2/jobs/runs/list", listRuns)
	server.Handle("GET", "/api/2.0/preview/scim/v2/Me", me)
	server.Handle("GET", "/api/2.0/preview/scim/v2/Groups", listGroups)
	server.Handle("GET", "/api/2.1/unity-catalog/external-locations", listExternalLocations)
	server.Handle("DELETE", "/api/2.0/fs/directories/{path...}", deleteFolder)
	testserver.AddDefaultHandlers(server)
	answerStatements(server)
	server.Config.Handler = disturbances.around(knownFieldsOnly(refusals, server.Config.Handler))

	fmt.Println(server.URL)
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func me(request testserver.Request) any {
	user := request.Workspace.MeUser(request.Token)
	user.Groups = []iam.ComplexValue{{Display: "lakehouse-engineers"}}
	return user
}

// refusals takes the place of a Go test: what would fail one is kept, and told to the tests that ask.
type refusals struct {
	mutex sync.Mutex
	all   []string
}

func (r *refusals) Errorf(format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	fmt.Fprintln(os.Stderr, message)
	if strings.HasPrefix(message, "Failed to write response") {
		return // the client was killed, as tests of that wanted
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.all = append(r.all, message)
}

func (r *refusals) list(testserver.Request) any {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	told := append([]string{}, r.all...)
	r.all = nil // each is told to one test
	return map[string]any{"refused": told}
}

func (r *refusals) Error(args ...any)                 { r.Errorf("%s", fmt.Sprint(args...)) }
func (r *refusals) Fatal(args ...any)                 { r.Errorf("%s", fmt.Sprint(args...)) }
func (r *refusals) Fatalf(format string, args ...any) { r.Errorf(format, args...) }
func (r *refusals) FailNow()                          { r.Errorf("the fake workspace failed") }
func (r *refusals) Log(args ...any)                   { fmt.Fprintln(os.Stderr, args...) }
func (r *refusals) Logf(format string, args ...any)   { fmt.Fprintf(os.Stderr, format+"\n", args...) }
func (r *refusals) Skip(...any)                       {}
func (r *refusals) Skipf(string, ...any)              {}
func (r *refusals) Cleanup(func())                    {} // the process ends
func (r *refusals) Context() context.Context          { return context.Background() }
func (r *refusals) Setenv(key, value string)          { _ = os.Setenv(key, value) }
func (r *refusals) TempDir() string                   { return os.TempDir() }
func (r *refusals) Helper()                           {}
