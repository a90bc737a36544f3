package api

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/collection"
	"github.com/hookflow/hookflow/internal/value"
	"github.com/hookflow/hookflow/internal/workflow"
)

type oneCollection struct {
	Status int
	Body   collectionView
}

// collectionView is a collection; after a dry run the one that was sent, with what would happen.
type collectionView struct {
	hookflow.Collection
	Preview *collection.SchemaChange `json:"preview,omitempty" doc:"What the change would do; of a dry run only" zh:"变更预览，仅在 dryRun 时返回"`
}

func (a *api) registerCollections() {
	const tag = "collections"
	path := under("collections")
	register(a, operation{
		id: "list-collections", method: http.MethodGet, path: path, tag: tag, role: auth.Viewer,
		summary: "List the collections by name", zh: "数据表列表",
	}, a.listCollections)
	register(a, operation{
		id: "create-collection", method: http.MethodPost, path: path, tag: tag, role: auth.Editor, body: hookflow.Collection{}, yaml: true,
		status: http.StatusCreated, summary: "Create a collection", zh: "新建数据表",
	}, a.createCollection)
	register(a, operation{
		id: "get-collection", method: http.MethodGet, path: path + "/{name}", tag: tag, role: auth.Viewer,
		summary: "Read a collection's schema", zh: "查看数据表结构",
	}, a.getCollection)
	register(a, operation{
		id: "put-collection", method: http.MethodPut, path: path + "/{name}", tag: tag, role: auth.Editor, body: hookflow.Collection{}, yaml: true,
		summary: "Create a collection or change its schema", zh: "创建数据表或修改其结构",
	}, a.putCollection)
	register(a, operation{
		id: "delete-collection", method: http.MethodDelete, path: path + "/{name}", tag: tag, role: auth.Editor, status: http.StatusNoContent,
		summary: "Delete a collection with its records", zh: "删除数据表及其记录",
	}, a.deleteCollection)
}

// listedCollection is a collection in a list.
type listedCollection struct {
	hookflow.Collection
	UsedBy
	Stats *collection.Stats `json:"stats,omitempty" doc:"How much it holds, with stats=true"`
}

func (a *api) listCollections(ctx context.Context, in *struct {
	UsageQuery
	Stats bool `query:"stats" doc:"Also tell how much each holds"`
},
) (*listOf[listedCollection], error) {
	found, err := a.Collections.List(ctx)
	if err != nil {
		return nil, err
	}
	users, err := a.usersOf(ctx, workflow.UsesCollection, in.Usage)
	if err != nil {
		return nil, err
	}
	out, err := paged(&in.Page, found, func(c hookflow.Collection) listedCollection {
		return listedCollection{Collection: c, UsedBy: users.of(c.Name)}
	})
	if err != nil || !in.Stats {
		return out, err
	}
	for i := range out.Body.Items {
		item := &out.Body.Items[i]
		stats, err := a.Collections.Stats(ctx, item.Name)
		if hookflow.CodeOf(err) == hookflow.CodeNotFound { // it was deleted meanwhile
			continue
		}
		if err != nil {
			return nil, err
		}
		item.Stats = &stats
	}
	return out, nil
}

func (a *api) createCollection(ctx context.Context, in *Raw) (*oneCollection, error) {
	c, err := collectionOf(in, "")
	if err != nil {
		return nil, err
	}
	if err := a.Collections.SaveNew(ctx, c); err != nil {
		return nil, err
	}
	return a.savedCollection(ctx, c.Name, true)
}

func (a *api) getCollection(ctx context.Context, in *ByName) (*oneCollection, error) {
	c, err := a.Collections.Get(ctx, in.Name)
	return &oneCollection{http.StatusOK, collectionView{Collection: c}}, err
}

func (a *api) putCollection(ctx context.Context, in *struct {
	ByName
	Raw
	DryRun bool `query:"dryRun" doc:"Only tell what would happen: the steps, the records concerned, the problems"`
	Drop   bool `query:"drop" doc:"Delete the fields that are left out, with what they hold"`
},
) (*oneCollection, error) {
	c, err := collectionOf(&in.Raw, in.Name)
	if err != nil {
		return nil, err
	}
	done, err := a.Collections.Change(ctx, c, collection.Options{Drop: in.Drop, DryRun: in.DryRun})
	switch {
	case err != nil:
		return nil, a.shownRefusal(err)
	case in.DryRun:
		done.Problems = a.shownProblems(done.Problems)
		return &oneCollection{http.StatusOK, collectionView{c, &done}}, nil
	default:
		return a.savedCollection(ctx, c.Name, done.Created)
	}
}

// shownProblems masks the secrets in what problems say of records.
func (a *api) shownProblems(problems []hookflow.Problem) []hookflow.Problem {
	masker := a.Env.Masker()
	shown := slices.Clone(problems)
	for i := range shown {
		shown[i].Detail = masker.String(shown[i].Detail)
	}
	return shown
}

func (a *api) shownRefusal(err error) error {
	if e, ok := errors.AsType[*hookflow.Error](err); ok {
		shown := *e
		shown.Problems = a.shownProblems(e.Problems)
		return &shown
	}
	return err
}

// collectionOf reads a collection from a body. A body without a name gets the one given; with one,
// the two must be the same unless the one given is "".
func collectionOf(body *Raw, name string) (hookflow.Collection, error) {
	text, err := body.document()
	if err != nil {
		return hookflow.Collection{}, err
	}
	v, err := value.Parse(text)
	if err != nil {
		return hookflow.Collection{}, hookflow.Invalid("the body is not JSON: " + err.Error())
	}
	if v.Kind() == value.KindObject {
		v = withoutReadOnly(v, name)
	}
	c, err := decodeValue[hookflow.Collection](v)
	if err == nil && name != "" && c.Name != name {
		err = hookflow.Invalid("the body is not valid", hookflow.Problem{Pointer: "/name", Detail: "is not the name in the address"})
	}
	return c, err
}

// withoutReadOnly leaves out what an answer adds to a collection's document.
func withoutReadOnly(v value.Value, name string) value.Value {
	var out value.Object
	if name != "" {
		out.Set("name", value.String(name))
	}
	for member, v := range v.Members() {
		if !slices.Contains([]string{"createdAt", "updatedAt", "preview"}, member) {
			out.Set(member, v)
		}
	}
	return out.Value()
}

func (a *api) savedCollection(ctx context.Context, name string, created bool) (*oneCollection, error) {
	c, err := a.Collections.Get(ctx, name)
	return &oneCollection{putStatus(created), collectionView{Collection: c}}, err
}

func (a *api) deleteCollection(ctx context.Context, in *ByName) (*empty, error) {
	return nil, a.Collections.Drop(ctx, in.Name)
}
