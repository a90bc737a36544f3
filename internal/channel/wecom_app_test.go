package channel_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

// TestAccessTokens: one is asked for when there is none, when it has expired,
// and once when it is refused.
func TestAccessTokens(t *testing.T) {
	t.Parallel()
	var seen []string
	given, good := 0, "token1"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/gettoken") {
			given++
			seen = append(seen, "new token")
			_, _ = fmt.Fprintf(w, `{"errcode":0,"errmsg":"ok","access_token":"token%d","expires_in":7200}`, given)
			return
		}
		token := r.URL.Query().Get("access_token")
		seen = append(seen, token)
		if token != good {
			_, _ = fmt.Fprint(w, `{"errcode":40014,"errmsg":"invalid access_token"}`)
			return
		}
		_, _ = fmt.Fprint(w, `{"errcode":0,"errmsg":"ok"}`)
	}))
	defer server.Close()
	env := newEnv(t)
	at := now
	env.Clock = func() time.Time { return at }
	config := value.Raw(`{"corpId":"ww1","agentId":1,"secret":"s","apiUrl":"` + server.URL + `"}`)
	send := func() {
		t.Helper()
		if _, err := channel.Lookup("wecom_app").Send(t.Context(), env, config, nil, &node.Message{To: []string{"a"}, Text: "x"}); err != nil {
			t.Error(err)
		}
	}
	send()
	send()
	good = "token2" // the first one is withdrawn
	send()
	at = at.Add(2 * time.Hour)
	good = "token3"
	send()
	want := []string{"new token", "token1", "token1", "token1", "new token", "token2", "new token", "token3"}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Error(diff)
	}
}
