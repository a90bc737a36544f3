package api

import (
	"context"
	"net/http"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
)

// ByID names one thing by its id.
type ByID struct {
	ID textID `path:"id"`
}

// textID is an id in a path or query; huma would take a plain one for a number.
type textID struct{ hookflow.ID }

type newUser struct {
	Email    string    `json:"email" required:"true" doc:"E-mail address" zh:"邮箱"`
	Password string    `json:"password" required:"true" secret:"true" doc:"At least 10 characters" zh:"至少 10 个字符"`
	Role     auth.Role `json:"role" required:"true" enum:"viewer,editor,admin" doc:"What the user may do" zh:"角色"`
}

type userChange struct {
	Password string    `json:"password" secret:"true" doc:"A new password; it ends the user's sessions" zh:"新密码；会结束该用户的全部会话"`
	Role     auth.Role `json:"role" enum:"viewer,editor,admin" doc:"What the user may do" zh:"角色"`
}

type user struct{ Body auth.User }

func (a *api) registerUsers() {
	const tag = "users"
	path := under("users")
	register(a, operation{
		id: "list-users", method: http.MethodGet, path: path, tag: tag, role: auth.Admin,
		summary: "List the users", zh: "用户列表",
	}, a.listUsers)
	register(a, operation{
		id: "create-user", method: http.MethodPost, path: path, tag: tag, role: auth.Admin, body: newUser{}, status: http.StatusCreated,
		summary: "Add a user", zh: "新建用户",
	}, a.createUser)
	register(a, operation{
		id: "get-user", method: http.MethodGet, path: path + "/{id}", tag: tag, role: auth.Admin,
		summary: "Read a user", zh: "查看用户",
	}, a.getUser)
	register(a, operation{
		id: "change-user", method: http.MethodPatch, path: path + "/{id}", tag: tag, role: auth.Admin, body: userChange{},
		summary: "Change a user's password or role", zh: "修改用户密码或角色",
	}, a.changeUser)
	register(a, operation{
		id: "delete-user", method: http.MethodDelete, path: path + "/{id}", tag: tag, role: auth.Admin, status: http.StatusNoContent,
		summary: "Delete a user", zh: "删除用户",
	}, a.deleteUser)
	register(a, operation{
		id: "delete-user-sessions", method: http.MethodDelete, path: path + "/{id}/sessions", tag: tag, role: auth.Admin, status: http.StatusNoContent,
		summary: "End all sessions of a user", zh: "结束用户的全部会话",
	}, a.endUserSessions)
}

func (a *api) listUsers(ctx context.Context, in *Page) (*listOf[auth.User], error) {
	users, err := a.Auth.Users(ctx)
	if err != nil {
		return nil, err
	}
	return paged(in, users, itself)
}

func (a *api) createUser(ctx context.Context, in *Raw) (*user, error) {
	body, err := decode[newUser](in)
	if err != nil {
		return nil, err
	}
	made, err := a.Auth.CreateUser(ctx, body.Email, body.Password, body.Role)
	return &user{made}, err
}

func (a *api) getUser(ctx context.Context, in *ByID) (*user, error) {
	found, err := a.Auth.User(ctx, in.ID.ID)
	return &user{found}, err
}

func (a *api) changeUser(ctx context.Context, in *struct {
	ByID
	Raw
},
) (*user, error) {
	body, err := decode[userChange](&in.Raw)
	if err != nil {
		return nil, err
	}
	changed, err := a.Auth.UpdateUser(ctx, in.ID.ID, auth.UserChange(body))
	return &user{changed}, err
}

func (a *api) deleteUser(ctx context.Context, in *ByID) (*empty, error) {
	return nil, a.Auth.DeleteUser(ctx, in.ID.ID)
}

func (a *api) endUserSessions(ctx context.Context, in *ByID) (*empty, error) {
	return nil, a.Auth.EndSessionsOf(ctx, in.ID.ID)
}
