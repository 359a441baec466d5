package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"

	"github.com/databricks/databricks-sdk-go/service/catalog"
	"github.com/databricks/databricks-sdk-go/service/dashboards"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/jobs"
	"github.com/databricks/databricks-sdk-go/service/sql"
	"github.com/databricks/databricks-sdk-go/service/workspace"
)

// What the body of each request is. One that is not here is refused, except where the body is a file or a test's own.
var bodies = map[string]any{
	"POST /api/2.2/jobs/create":                              jobs.CreateJob{},
	"POST /api/2.2/jobs/reset":                               jobs.ResetJob{},
	"POST /api/2.2/jobs/delete":                              jobs.DeleteJob{},
	"POST /api/2.2/jobs/run-now":                             jobs.RunNow{},
	"POST /api/2.0/preview/scim/v2/Groups":                   iam.Group{},
	"POST /api/2.0/sql/statements":                           sql.ExecuteStatementRequest{},
	"POST /api/2.1/unity-catalog/catalogs":                   catalog.CreateCatalog{},
	"POST /api/2.1/unity-catalog/external-locations":         catalog.CreateExternalLocation{},
	"POST /api/2.1/unity-catalog/schemas":                    catalog.CreateSchema{},
	"PATCH /api/2.1/unity-catalog/schemas/{name}":            catalog.UpdateSchema{},
	"POST /api/2.1/unity-catalog/volumes":                    catalog.CreateVolumeRequestContent{},
	"PATCH /api/2.1/unity-catalog/volumes/{name}":            catalog.UpdateVolumeRequestContent{},
	"PATCH /api/2.1/unity-catalog/permissions/{kind}/{name}": catalog.UpdatePermissions{},
	"PUT /api/2.0/permissions/{kind}/{id}":                   iam.SetObjectPermissions{},
	"PUT /api/2.0/permissions/{kind}/{kind2}/{id}":           iam.SetObjectPermissions{},
	"POST /api/2.0/sql/warehouses":                           sql.CreateWarehouseRequest{},
	"POST /api/2.0/sql/warehouses/{id}/edit":                 sql.EditWarehouseRequest{},
	"POST /api/2.0/lakeview/dashboards":                      dashboards.Dashboard{},
	"PATCH /api/2.0/lakeview/dashboards/{id}":                dashboards.Dashboard{},
	"POST /api/2.0/lakeview/dashboards/{id}/published":       dashboards.PublishRequest{},
	"POST /api/2.0/alerts":                                   sql.AlertV2{},
	"PATCH /api/2.0/alerts/{id}":                             sql.AlertV2{},
	"POST /api/2.0/secrets/scopes/create":                    workspace.CreateScope{},
	"POST /api/2.0/secrets/scopes/delete":                    workspace.DeleteScope{},
	"POST /api/2.0/secrets/put":                              workspace.PutSecret{},
	"POST /api/2.0/secrets/acls/put":                         workspace.PutAcl{},
	"POST /api/2.0/secrets/acls/delete":                      workspace.DeleteAcl{},
	"POST /api/2.0/workspace/mkdirs":                         workspace.Mkdirs{},
	"POST /api/2.0/workspace/delete":                         workspace.Delete{},
	"POST /api/2.0/workspace/import":                         workspace.Import{},
	"POST /api/2.0/workspace-files/import-file/{path...}":    nil,
	"PUT /api/2.0/fs/files/{path...}":                        nil,
	"PUT /api/2.0/fs/directories/{path...}":                  nil,
	"POST /__testserver/{rule}":                              nil,
	"POST /lakehouse/{rule}":                                 nil,
	"POST /telemetry-ext":                                    nil,
}

// knownFieldsOnly refuses a request that has a field which the API's own type of it has not. The SDK's types decode
// themselves leniently, so their fields are compared with what came.
func knownFieldsOnly(refusals *refusals, next http.Handler) http.Handler {
	patterns := http.NewServeMux()
	for pattern := range bodies {
		patterns.Handle(pattern, http.NotFoundHandler())
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost || r.Method == http.MethodPut || r.Method == http.MethodPatch {
			_, pattern := patterns.Handler(r)
			body, known := bodies[pattern]
			if !known {
				refuse(w, refusals, r, "is no request of a deployment, its preparation or its use")
				return
			}
			if body != nil {
				content, err := io.ReadAll(r.Body)
				if err != nil {
					return // the connection broke
				}
				r.Body = io.NopCloser(bytes.NewReader(content))
				if field := unknownField(content, body); field != "" {
					refuse(w, refusals, r, "has no field "+field)
					return
				}
			}
		}
		next.ServeHTTP(w, r)
	})
}

func refuse(w http.ResponseWriter, refusals *refusals, r *http.Request, why string) {
	message := r.Method + " " + r.URL.Path + " " + why
	refusals.Errorf("%s", message)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(w).Encode(map[string]string{"error_code": "INVALID_PARAMETER_VALUE", "message": message})
}

func unknownField(content []byte, body any) string {
	var sent any
	if err := json.Unmarshal(content, &sent); err != nil {
		return "at all, since it is no JSON: " + err.Error()
	}
	return unknown(sent, reflect.TypeOf(body))
}

func unknown(sent any, known reflect.Type) string {
	for known.Kind() == reflect.Pointer {
		known = known.Elem()
	}
	switch value := sent.(type) {
	case []any:
		for _, item := range value {
			if known.Kind() == reflect.Slice {
				if field := unknown(item, known.Elem()); field != "" {
					return field
				}
			}
		}
	case map[string]any:
		for name, item := range value {
			inner := known
			if known.Kind() == reflect.Struct {
				var found bool
				if inner, found = fieldType(known, name); !found {
					return name
				}
			} else if known.Kind() == reflect.Map {
				inner = known.Elem()
			}
			if field := unknown(item, inner); field != "" {
				return name + "." + field
			}
		}
	}
	return ""
}

func fieldType(known reflect.Type, name string) (reflect.Type, bool) {
	for i := range known.NumField() {
		if tag, _, _ := strings.Cut(known.Field(i).Tag.Get("json"), ","); tag == name && name != "-" {
			return known.Field(i).Type, true
		}
	}
	return nil, false
}
