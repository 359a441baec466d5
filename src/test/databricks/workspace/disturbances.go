package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/databricks/cli/libs/testserver"
)

// How long an upload takes to fill the buffers between client and server. Cut before that, the client may run into the
// same mistake as below.
const untilNobodyCanSendMore = 300 * time.Millisecond

// A disturbance of the next requests of a token: after some bytes of the body the connection is closed, or the answer is
// "too many requests", which says how many seconds to wait, or the request is carried out and its answer lost.
type disturbance struct {
	Request    string `json:"request"` // a regular expression of METHOD PATH
	Times      int    `json:"times"`
	CutAfter   int64  `json:"cut_after"`
	RetryAfter string `json:"retry_after"`
	LoseAnswer bool   `json:"lose_answer"`

	token   string
	pattern *regexp.Regexp
}

type disturbances struct {
	mutex sync.Mutex
	all   []*disturbance
}

func (d *disturbances) add(request testserver.Request) any {
	added := &disturbance{token: request.Token}
	err := json.Unmarshal(request.Body, added)
	if err == nil {
		added.pattern, err = regexp.Compile("^(?:" + added.Request + ")$")
	}
	if err != nil {
		return testserver.Response{StatusCode: 400, Body: err.Error()}
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.all = append(d.all, added)
	return testserver.Response{StatusCode: 200}
}

func (d *disturbances) next(r *http.Request) *disturbance {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	for _, disturbance := range d.all {
		if disturbance.token == token && disturbance.Times > 0 &&
			disturbance.pattern.MatchString(r.Method+" "+r.URL.Path) {
			disturbance.Times--
			return disturbance
		}
	}
	return nil
}

func (d *disturbances) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		disturbance := d.next(r)
		switch {
		case disturbance == nil:
			next.ServeHTTP(w, r)
		case disturbance.RetryAfter != "":
			// Read whole first. An upload that is refused while it is being sent is not what this is about: CLI 1.12.1 may
			// then send it again without its beginning, since the first try still takes from the reader that both share.
			_, _ = io.Copy(io.Discard, r.Body)
			w.Header().Set("Retry-After", disturbance.RetryAfter)
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = w.Write([]byte(`{"error_code": "REQUEST_LIMIT_EXCEEDED", "message": "too many requests"}`))
		case disturbance.LoseAnswer:
			next.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		default:
			_, _ = io.CopyN(io.Discard, r.Body, disturbance.CutAfter)
			time.Sleep(untilNobodyCanSendMore)
			reset(w)
		}
	})
}

// Breaks a connection without an answer. A plain close, if it finds nothing unread, is an orderly end for the client, whose
// next write then always fails by a broken pipe, and that CLI 1.12.1 does not repeat.
func reset(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}
