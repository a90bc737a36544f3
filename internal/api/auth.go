package api

import (
	"context"
	"net/http"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
)

type credentials struct {
	Email    string `json:"email" required:"true" doc:"E-mail address" zh:"邮箱"`
	Password string `json:"password" required:"true" secret:"true" doc:"Password" zh:"密码"`
}

type setup struct {
	Token    string `json:"token" required:"true" secret:"true" doc:"The one-time token that the server printed at its start" zh:"服务启动时打印的一次性令牌"`
	Email    string `json:"email" required:"true" doc:"E-mail address" zh:"邮箱"`
	Password string `json:"password" required:"true" secret:"true" doc:"At least 10 characters" zh:"至少 10 个字符"`
}

type ownChange struct {
	CurrentPassword string `json:"currentPassword" required:"true" secret:"true" doc:"The password now" zh:"当前密码"`
	Password        string `json:"password" required:"true" secret:"true" doc:"The new one: at least 10 characters; it ends your other sessions" zh:"新密码：至少 10 个字符；会结束你的其他会话"`
}

// Browser is what a log-in says of where it comes from.
type Browser struct {
	Token     string `cookie:"hookflow_session" hidden:"true"`
	UserAgent string `header:"User-Agent" hidden:"true"`
}

func (b *Browser) client(ctx context.Context) auth.Client {
	return auth.Client{IP: auth.From(ctx).IP, UserAgent: b.UserAgent, Token: b.Token}
}

// session is a log-in's answer: the cookie, and who it is for.
type session struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      auth.User
}

type loggedOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

type me struct {
	Body struct {
		Type string      `json:"type" enum:"user,api_key" doc:"What logged in"`
		ID   hookflow.ID `json:"id"`
		Name string      `json:"name" doc:"E-mail address of the user, or name of the key"`
		Role auth.Role   `json:"role"`
	}
}

type setupState struct {
	Body struct {
		Needed bool `json:"needed" doc:"Whether there is no user yet"`
	}
}

func (a *api) registerAuth() {
	const tag = "auth"
	register(a, operation{
		id: "get-setup", method: http.MethodGet, path: under("auth", "setup"), tag: tag,
		summary: "Tell whether the first administrator is still to be made", zh: "查询是否仍需创建首个管理员",
	}, a.setupState)
	register(a, operation{
		id: "setup", method: http.MethodPost, path: under("auth", "setup"), tag: tag, body: setup{}, status: http.StatusCreated,
		summary: "Make the first administrator and log in", zh: "创建首个管理员并登录",
	}, a.setup)
	register(a, operation{
		id: "login", method: http.MethodPost, path: under("auth", "login"), tag: tag, body: credentials{},
		summary: "Log in", zh: "登录",
	}, a.login)
	register(a, operation{
		id: "logout", method: http.MethodPost, path: under("auth", "logout"), tag: tag, status: http.StatusNoContent,
		summary: "End the session", zh: "退出登录",
	}, a.logout)
	register(a, operation{
		id: "me", method: http.MethodGet, path: under("auth", "me"), tag: tag, role: auth.Viewer,
		summary: "Tell who is logged in", zh: "查询当前身份",
	}, a.me)
	register(a, operation{
		id: "change-me", method: http.MethodPatch, path: under("auth", "me"), tag: tag, role: auth.Viewer, body: ownChange{},
		summary: "Change your own password", zh: "修改自己的密码",
	}, a.changeMe)
	sessions := under("auth", "sessions")
	register(a, operation{
		id: "list-sessions", method: http.MethodGet, path: sessions, tag: tag, role: auth.Viewer,
		summary: "List your own sessions", zh: "自己的会话列表",
	}, a.listSessions)
	register(a, operation{
		id: "delete-sessions", method: http.MethodDelete, path: sessions, tag: tag, role: auth.Viewer, status: http.StatusNoContent,
		summary: "End all your sessions but this one", zh: "结束自己的其他全部会话",
	}, a.endOtherSessions)
	register(a, operation{
		id: "delete-session", method: http.MethodDelete, path: sessions + "/{id}", tag: tag, role: auth.Viewer, status: http.StatusNoContent,
		summary: "End one of your sessions", zh: "结束自己的某个会话",
	}, a.endSession)
}

func (a *api) setupState(ctx context.Context, _ *empty) (*setupState, error) {
	needed, err := a.Auth.NeedsSetup(ctx)
	out := &setupState{}
	out.Body.Needed = needed
	return out, err
}

func (a *api) setup(ctx context.Context, in *struct {
	Raw
	Browser
},
) (*session, error) {
	body, err := decode[setup](&in.Raw)
	if err != nil {
		return nil, err
	}
	user, token, err := a.Auth.Setup(ctx, body.Token, body.Email, body.Password, in.client(ctx))
	return &session{*auth.Cookie(token, isHTTPS(ctx)), user}, err
}

func (a *api) login(ctx context.Context, in *struct {
	Raw
	Browser
},
) (*session, error) {
	body, err := decode[credentials](&in.Raw)
	if err != nil {
		return nil, err
	}
	user, token, err := a.Auth.Login(ctx, body.Email, body.Password, in.client(ctx))
	return &session{*auth.Cookie(token, isHTTPS(ctx)), user}, err
}

func (a *api) logout(ctx context.Context, in *Browser) (*loggedOut, error) {
	if in.Token != "" {
		if err := a.Auth.Logout(ctx, in.Token, auth.From(ctx).IP); err != nil {
			return nil, err
		}
	}
	return &loggedOut{*auth.Cookie("", isHTTPS(ctx))}, nil
}

func (a *api) me(ctx context.Context, _ *empty) (*me, error) {
	p, out := auth.From(ctx), &me{}
	out.Body.Type, out.Body.ID, out.Body.Name, out.Body.Role = p.Type, p.ID, p.Name, p.Role
	return out, nil
}

func (a *api) changeMe(ctx context.Context, in *Raw) (*user, error) {
	body, err := decode[ownChange](in)
	if err != nil {
		return nil, err
	}
	changed, err := a.Auth.ChangePassword(ctx, body.CurrentPassword, body.Password)
	return &user{changed}, err
}

func (a *api) listSessions(ctx context.Context, in *Page) (*listOf[auth.Session], error) {
	sessions, err := a.Auth.Sessions(ctx)
	if err != nil {
		return nil, err
	}
	return paged(in, sessions, itself)
}

func (a *api) endOtherSessions(ctx context.Context, _ *empty) (*empty, error) {
	return nil, a.Auth.EndOtherSessions(ctx)
}

func (a *api) endSession(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"64"`
},
) (*empty, error) {
	return nil, a.Auth.EndSession(ctx, in.ID)
}
