package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/databricks/cli/libs/testserver"
	"github.com/databricks/databricks-sdk-go/service/workspace"
)

// state is all that a workspace holds, files by the SHA-256 of their bytes.
func state(request testserver.Request) any {
	deployed := request.Workspace
	files := map[string]string{}
	digest(deployed, "/Workspace", files)
	digest(deployed, "/Volumes", files)
	defer deployed.LockUnlock()()
	body, err := json.Marshal(map[string]any{
		"jobs":           deployed.Jobs,
		"schemas":        deployed.Schemas,
		"volumes":        deployed.Volumes,
		"grants":         deployed.Grants,
		"sql_warehouses": deployed.SqlWarehouses,
		"dashboards":     published(deployed),
		"alerts":         deployed.Alerts,
		"secret_scopes":  deployed.SecretScopes,
		"acls":           deployed.Acls,
		"permissions":    deployed.Permissions,
		"files":          files,
	})
	if err != nil {
		return testserver.Response{StatusCode: 500, Body: err.Error()}
	}
	return body
}

// published are the dashboards that people can open, by id. A deployment publishes each that it makes.
func published(deployed *testserver.FakeWorkspace) map[string]any {
	all := map[string]any{}
	for id, publication := range deployed.PublishedDashboards {
		dashboard, _ := deployed.Dashboards.ReadStrong(id)
		all[id] = map[string]any{"dashboard": dashboard, "publication": publication}
	}
	return all
}

func digest(deployed *testserver.FakeWorkspace, folder string, into map[string]string) {
	listed, ok := deployed.WorkspaceList(folder).Body.(workspace.ListResponse)
	if !ok {
		return // no such folder
	}
	for _, object := range listed.Objects {
		if object.ObjectType == "DIRECTORY" {
			digest(deployed, object.Path, into)
		} else {
			sum := sha256.Sum256(deployed.WorkspaceExport(object.Path))
			into[object.Path] = hex.EncodeToString(sum[:])
		}
	}
}
