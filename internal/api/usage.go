package api

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

// UsageQuery are the parameters of lists that can tell who uses what is in them.
type UsageQuery struct {
	Page
	Usage bool `query:"usage" doc:"Also tell which workflows name it"`
}

// namer is something that names another thing.
type namer struct {
	Kind  string `json:"kind" enum:"workflow,channel"`
	Key   string `json:"key"`
	Title string `json:"title"`
}

// UsedBy is exported since huma passes over embedded types that are not.
type UsedBy struct {
	UsedBy []namer `json:"usedBy,omitzero" nullable:"false" doc:"With usage=true: what names it, a workflow in its published revision or its draft; the first 100"`
}

// maxUsers bounds how many users of one thing are told.
const maxUsers = 100

// users are those of each thing of a kind, by its name; nil when nobody asked.
type users map[string][]namer

func (u users) of(name string) UsedBy {
	if u == nil {
		return UsedBy{}
	}
	return UsedBy{append([]namer{}, u[name]...)}
}

func (u users) add(name string, by namer) {
	if n := len(u[name]); n < maxUsers && (n == 0 || u[name][n-1] != by) {
		u[name] = append(u[name], by)
	}
}

// usersOf walks the documents of all workflows when that is asked for.
func (a *api) usersOf(ctx context.Context, kind string, asked bool) (users, error) {
	if !asked {
		return nil, nil
	}
	found := users{}
	err := a.eachWorkflow(ctx, "", func(row store.WorkflowRow, outlines map[hookflow.ID]*workflow.Outline) bool {
		for _, revision := range []hookflow.ID{row.Published, row.Draft} {
			if o := outlines[revision]; o != nil {
				found.addAll(kind, o.Uses, namer{"workflow", row.Key, row.Title})
			}
		}
		return true
	})
	return found, err
}

func (u users) addAll(kind string, uses []workflow.Use, by namer) {
	for _, use := range uses {
		if use.Kind == kind {
			u.add(use.Name, by)
		}
	}
}

// usersOfEnv are those of variables: channels name them, too.
func (a *api) usersOfEnv(ctx context.Context, asked bool) (users, error) {
	found, err := a.usersOf(ctx, workflow.UsesEnv, asked)
	if err != nil || !asked {
		return nil, err
	}
	channels, err := a.Channels.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range channels {
		config, _ := value.Compile(c.Config)
		for _, v := range node.Variables(config) {
			found.add(v.Name, namer{"channel", c.Key, c.Title})
		}
	}
	return found, nil
}
