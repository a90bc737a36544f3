package app

import (
	"context"
	"net/http"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/verify"
)

// maxPage is what of a provider's page is read; one that is larger is refused.
const maxPage = 1<<20 + 1

// remote fetches what providers publish, under the policy of everything that
// connects out.
func (a *App) remote() verify.Remote {
	if a.options.Remote != nil {
		return a.options.Remote
	}
	client := a.engine.Env.HTTP
	return verify.NewRemote(func(ctx context.Context, url string) (int, []byte, error) {
		page, err := client.Do(ctx, node.HTTPRequest{Method: http.MethodGet, URL: url, MaxResponse: maxPage})
		if err != nil {
			return 0, nil, err
		}
		return page.Status, page.Body, nil
	}, a.options.Clock)
}
