package channel

import (
	"net/url"
	"time"
)

// SignTencent is the Authorization of a call with a body.
func SignTencent(host, service, body string, at time.Time, id, key string) string {
	call := tencentCall{host: host, service: service, body: body, at: at}
	headers := call.sign(id, key)
	return headers[len(headers)-1].Value
}

// SignAliyun is the Authorization of a call with parameters.
func SignAliyun(host, action, version, nonce string, query url.Values, at time.Time, id, secret string) string {
	call := aliyunCall{host: host, action: action, version: version, nonce: nonce, query: query, at: at}
	headers := call.sign(id, secret)
	return headers[len(headers)-1].Value
}
