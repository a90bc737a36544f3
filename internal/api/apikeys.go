package api

import (
	"context"
	"net/http"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
)

type newKey struct {
	Name      string    `json:"name" required:"true" doc:"What the key is for" zh:"用途"`
	Role      auth.Role `json:"role" required:"true" enum:"viewer,editor,admin" doc:"What the key may do" zh:"角色"`
	ExpiresAt time.Time `json:"expiresAt" doc:"When it stops to work; never when left out" zh:"过期时间；省略则不过期"`
}

type madeKey struct {
	Body struct {
		ID        hookflow.ID `json:"id"`
		Name      string      `json:"name"`
		Role      auth.Role   `json:"role"`
		Key       string      `json:"key" doc:"The key; it is never shown again"`
		ExpiresAt *time.Time  `json:"expiresAt"`
		CreatedAt time.Time   `json:"createdAt"`
	}
}

func (a *api) registerAPIKeys() {
	const tag = "api-keys"
	path := under("api-keys")
	register(a, operation{
		id: "list-api-keys", method: http.MethodGet, path: path, tag: tag, role: auth.Admin,
		summary: "List the API keys", zh: "API 密钥列表",
	}, a.listKeys)
	register(a, operation{
		id: "create-api-key", method: http.MethodPost, path: path, tag: tag, role: auth.Admin, body: newKey{}, status: http.StatusCreated,
		summary: "Make an API key", zh: "新建 API 密钥",
	}, a.createKey)
	register(a, operation{
		id: "revoke-api-key", method: http.MethodDelete, path: path + "/{id}", tag: tag, role: auth.Admin, status: http.StatusNoContent,
		summary: "Revoke an API key", zh: "吊销 API 密钥",
	}, a.revokeKey)
}

func (a *api) listKeys(ctx context.Context, in *Page) (*listOf[auth.APIKey], error) {
	keys, err := a.Auth.APIKeys(ctx)
	if err != nil {
		return nil, err
	}
	return paged(in, keys, itself)
}

func (a *api) createKey(ctx context.Context, in *Raw) (*madeKey, error) {
	body, err := decode[newKey](in)
	if err != nil {
		return nil, err
	}
	made, key, err := a.Auth.CreateAPIKey(ctx, body.Name, body.Role, body.ExpiresAt)
	out := &madeKey{}
	out.Body.ID, out.Body.Name, out.Body.Role, out.Body.Key = made.ID, made.Name, made.Role, key
	out.Body.ExpiresAt, out.Body.CreatedAt = made.ExpiresAt, made.CreatedAt
	return out, err
}

func (a *api) revokeKey(ctx context.Context, in *ByID) (*empty, error) {
	return nil, a.Auth.RevokeAPIKey(ctx, in.ID.ID)
}
