package main

import (
	"strconv"
	"strings"

	"github.com/databricks/cli/libs/testserver"
	"github.com/databricks/databricks-sdk-go/service/catalog"
	"github.com/databricks/databricks-sdk-go/service/iam"
)

// listGroups gives the groups of the workspace in one page, after which comes an empty one; of a filter it knows
// displayName eq "NAME".
func listGroups(request testserver.Request) any {
	name, filtered := strings.CutPrefix(request.URL.Query().Get("filter"), `displayName eq "`)
	name = strings.TrimSuffix(name, `"`)
	defer request.Workspace.LockUnlock()()
	groups := []iam.Group{}
	start, err := strconv.Atoi(request.URL.Query().Get("startIndex"))
	firstPage := err != nil || start <= 1
	for _, group := range request.Workspace.Groups {
		if firstPage && (!filtered || group.DisplayName == name) {
			groups = append(groups, group)
		}
	}
	return testserver.Response{Body: iam.ListGroupsResponse{
		Resources: groups, StartIndex: 1, ItemsPerPage: int64(len(groups)), TotalResults: int64(len(groups)),
	}}
}

func listExternalLocations(request testserver.Request) any {
	defer request.Workspace.LockUnlock()()
	locations := []catalog.ExternalLocationInfo{}
	for _, location := range request.Workspace.ExternalLocations {
		locations = append(locations, location)
	}
	return testserver.Response{Body: catalog.ListExternalLocationsResponse{ExternalLocations: locations}}
}
