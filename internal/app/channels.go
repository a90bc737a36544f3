package app

import (
	"encoding/json"

	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/egress"
	"github.com/hookflow/hookflow/internal/notify"
	"github.com/hookflow/hookflow/internal/spec"
	"github.com/hookflow/hookflow/internal/value"
)

// newChannels makes what messages are sent through, by the same way out as
// everything else.
func (a *App) newChannels(client *egress.Client) *notify.Service {
	return notify.New(a.Store, a.env, channel.Env{HTTP: client, Dialer: client, Clock: a.options.Clock})
}

// channelTypes is what a user interface needs of every channel type.
func channelTypes() value.Value {
	var list value.Array
	for _, t := range channel.Types() {
		list.Append(object(map[string]any{
			"type": t.Name, "title": t.Title, "help": t.Help, "icon": t.Icon, "takes": t.Takes, "needs": some(t.Needs),
			"sources": some(t.Sources), "schema": json.RawMessage(spec.Schema(t.Config)),
		}))
	}
	return list.Value()
}
