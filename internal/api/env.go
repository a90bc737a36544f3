package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/secret"
)

type envValue struct {
	Value  string `json:"value" required:"true" secret:"true" doc:"The value, at most 64 KiB" zh:"值，最多 64 KiB"`
	Secret bool   `json:"secret" doc:"Encrypt the value, mask it everywhere and never show it again" zh:"加密保存、处处打码且不再显示"`
}

// Variable is a variable as it is shown; exported as ChannelView is.
type Variable struct {
	Name      string    `json:"name"`
	Value     *string   `json:"value" doc:"null for a secret: it is write-only"`
	Secret    bool      `json:"secret"`
	UpdatedAt time.Time `json:"updatedAt"`
}

func variableOf(v secret.Variable) Variable {
	out := Variable{Name: v.Name, Value: &v.Value, Secret: v.Secret, UpdatedAt: v.UpdatedAt.UTC()}
	if v.Secret {
		out.Value = nil
	}
	return out
}

// ByName names one thing by its name.
type ByName struct {
	Name string `path:"name"`
}

type oneVariable struct {
	Status int
	Body   Variable
}

func (a *api) registerEnv() {
	const tag = "env"
	path := under("env")
	register(a, operation{
		id: "list-env", method: http.MethodGet, path: path, tag: tag, role: auth.Viewer,
		summary: "List the variables by name", zh: "变量列表",
	}, a.listEnv)
	register(a, operation{
		id: "get-env", method: http.MethodGet, path: path + "/{name}", tag: tag, role: auth.Viewer,
		summary: "Read a variable; a secret's value is null", zh: "查看变量；机密的值为 null",
	}, a.getEnv)
	register(a, operation{
		id: "put-env", method: http.MethodPut, path: path + "/{name}", tag: tag, role: auth.Admin, body: envValue{},
		summary: "Set a variable", zh: "设置变量",
	}, a.putEnv)
	register(a, operation{
		id: "delete-env", method: http.MethodDelete, path: path + "/{name}", tag: tag, role: auth.Admin, status: http.StatusNoContent,
		summary: "Delete a variable", zh: "删除变量",
	}, a.deleteEnv)
}

// listedVariable is a variable in a list.
type listedVariable struct {
	Variable
	UsedBy
}

func (a *api) listEnv(ctx context.Context, in *UsageQuery) (*listOf[listedVariable], error) {
	users, err := a.usersOfEnv(ctx, in.Usage)
	if err != nil {
		return nil, err
	}
	return paged(&in.Page, a.Env.List(), func(v secret.Variable) listedVariable {
		return listedVariable{variableOf(v), users.of(v.Name)}
	})
}

func (a *api) getEnv(_ context.Context, in *ByName) (*oneVariable, error) {
	v, err := a.Env.Get(in.Name)
	return &oneVariable{http.StatusOK, variableOf(v)}, err
}

func (a *api) putEnv(ctx context.Context, in *struct {
	ByName
	Raw
},
) (*oneVariable, error) {
	body, err := decode[envValue](&in.Raw)
	if err != nil {
		return nil, err
	}
	if err := a.mayBecomeSecret(ctx, in.Name, body.Secret); err != nil {
		return nil, err
	}
	created, err := a.Env.Put(ctx, in.Name, body.Value, body.Secret)
	if err != nil {
		return nil, err
	}
	v, err := a.Env.Get(in.Name)
	return &oneVariable{putStatus(created), variableOf(v)}, err
}

// mayBecomeSecret refuses to make a secret of a variable that a trigger shows.
func (a *api) mayBecomeSecret(ctx context.Context, name string, secret bool) error {
	if !secret || a.Env.IsSecret(name) {
		return nil
	}
	keys, err := a.Workflows.Shows(ctx, name)
	if err == nil && len(keys) > 0 {
		return hookflow.Errorf(hookflow.CodeConflict,
			"the variable cannot be a secret: the trigger of %s uses it where it could be seen or guessed", strings.Join(keys, ", "))
	}
	return err
}

// putStatus is 201 for what is new.
func putStatus(created bool) int {
	if created {
		return http.StatusCreated
	}
	return http.StatusOK
}

func (a *api) deleteEnv(ctx context.Context, in *ByName) (*empty, error) {
	return nil, a.Env.Delete(ctx, in.Name)
}
