package api

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// TestSetupPage: the page of the one-time link is there in both languages, and its policy lets run what is in
// it and nothing else.
func TestSetupPage(t *testing.T) {
	t.Parallel()
	s := sqliteServer(t)
	for language, says := range map[string]string{"en": "Make the administrator", "zh-CN": "创建管理员"} {
		answer := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/setup", nil)
		r.Header.Set("Accept-Language", language)
		s.ServeHTTP(answer, r)
		page, policy := answer.Body.String(), answer.Header().Get("Content-Security-Policy")
		if answer.Code != 200 || !strings.Contains(page, says) {
			t.Errorf("%s: %d %s", language, answer.Code, page)
		}
		for _, tag := range []string{"style", "script"} {
			inside := regexp.MustCompile(`(?s)<` + tag + `>(.*)</` + tag + `>`).FindStringSubmatch(page)[1]
			digest := sha256.Sum256([]byte(inside))
			if want := tag + "-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'"; !strings.Contains(policy, want) {
				t.Errorf("%s: the policy %s lacks %s", language, policy, want)
			}
		}
	}
}
