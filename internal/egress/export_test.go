package egress

import (
	"context"
	"net"
)

// Resolve has the client ask the name server at address, over TCP.
func (c *Client) Resolve(address string) {
	c.dialer.Resolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", address)
	}}
}
