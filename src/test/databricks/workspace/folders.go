package main

import (
	"net/http"

	"github.com/databricks/cli/libs/testserver"
	"github.com/databricks/databricks-sdk-go/service/files"
)

// deleteFolder removes a folder in a volume if it is empty, as the Files API does.
func deleteFolder(request testserver.Request) any {
	folder := "/" + request.Vars["path"]
	listed := request.Workspace.FsListDirectory(folder)
	content, found := listed.Body.(files.ListDirectoryResponse)
	if !found {
		return listed
	}
	if len(content.Contents) > 0 {
		return testserver.Response{
			StatusCode: http.StatusBadRequest,
			Body:       map[string]string{"error_code": "BAD_REQUEST", "message": "The directory is not empty."},
		}
	}
	request.Workspace.WorkspaceDelete(folder, false)
	return testserver.Response{StatusCode: http.StatusNoContent}
}
