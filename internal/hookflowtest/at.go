package hookflowtest

import "testing"

// At is a server that the test runs itself, at a URL and with an
// administrator's API key. It cannot be restarted or killed.
func At(t testing.TB, url, key string) *Server {
	return &Server{URL: url, t: t, client: plainClient, key: key, output: &output{}}
}
