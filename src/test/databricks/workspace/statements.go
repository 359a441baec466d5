package main

import (
	"regexp"
	"strconv"

	"github.com/databricks/cli/libs/testserver"
	"github.com/databricks/cli/libs/testserver/testsql"
)

var numbers = regexp.MustCompile(`^SELECT \* FROM numbers\((\d+)\)$`)

// answerStatements has every warehouse know one query, whose rows come in three chunks after the second question.
func answerStatements(server *testserver.Server) {
	server.HandleSQLPattern(numbers, func(request testsql.Request) testsql.Result {
		count, _ := strconv.Atoi(request.Match[1])
		rows := [][]string{}
		for i := range count {
			rows = append(rows, []string{strconv.Itoa(i), "row " + strconv.Itoa(i)})
		}
		return testsql.Result{Columns: []string{"n", "text"}, Rows: rows, Polls: 2, Chunks: 3}
	})
}
