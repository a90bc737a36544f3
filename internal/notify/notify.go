// Package notify keeps the channels that administrators have set up, and sends
// messages through them.
package notify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/secret"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

const (
	// MaxChannels bounds how many channels there can be.
	MaxChannels = 500
	// MaxConfig bounds a channel's config, in bytes.
	MaxConfig = 64 << 10
)

// Channel is a channel as it is written and shown: secrets in its config are
// masked wherever it comes from this package.
type Channel struct {
	Kind      string      `json:"kind" enum:"Channel" default:"Channel" doc:"Always Channel" zh:"固定为 Channel"`
	Key       string      `json:"key" required:"true" doc:"Unique name: a-z, 0-9 and -, at most 64 characters" zh:"唯一标识：a-z、0-9 和 -，最多 64 个字符"`
	Title     string      `json:"title,omitempty" max:"200" doc:"Name shown to people" zh:"显示名称"`
	Type      string      `json:"type" required:"true" doc:"Channel type" zh:"渠道类型"`
	Config    value.Value `json:"config" doc:"Settings of the channel type; strings may hold {{$env.NAME}}. A secret that is shown as •••• stays as it is" zh:"渠道类型的配置；字符串可含 {{$env.NAME}}。显示为 •••• 的机密保持不变"`
	CreatedAt time.Time   `json:"-"`
	UpdatedAt time.Time   `json:"-"`
}

// Service keeps the channels.
type Service struct {
	store *store.Store
	env   *secret.Env
	world *channel.Env
}

// New returns the service; world is what channels reach.
func New(s *store.Store, env *secret.Env, world channel.Env) *Service {
	world.Tokens = &node.Tokens{}
	return &Service{store: s, env: env, world: &world}
}

// List returns all channels by key.
func (s *Service) List(ctx context.Context) ([]Channel, error) {
	rows, err := s.store.Channels(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Channel, len(rows))
	for i, row := range rows {
		if list[i], err = s.shown(row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Get returns one channel.
func (s *Service) Get(ctx context.Context, key string) (Channel, error) {
	row, err := s.find(ctx, key)
	if err != nil {
		return Channel{}, err
	}
	return s.shown(row)
}

func (s *Service) find(ctx context.Context, key string) (store.Channel, error) {
	row, err := s.store.Channel(ctx, key)
	if hookflow.CodeOf(err) == hookflow.CodeNotFound {
		return row, notFound(key)
	}
	return row, err
}

func notFound(key string) error {
	return hookflow.Errorf(hookflow.CodeNotFound, "there is no channel %q", key)
}

func (s *Service) shown(row store.Channel) (Channel, error) {
	config, err := s.open(row)
	return Channel{
		Kind: "Channel", Key: row.Key, Title: row.Title, Type: row.Type, Config: masked(row.Type, config),
		CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt,
	}, err
}

func (s *Service) open(row store.Channel) (value.Value, error) {
	config, err := s.env.Open(row.Config)
	if err != nil {
		return nil, fmt.Errorf("read the channel %s: %w", row.Key, err)
	}
	return config, nil
}

// Create adds a channel; CodeConflict when there is one with its key.
func (s *Service) Create(ctx context.Context, c Channel) error {
	_, err := s.save(ctx, c, true)
	return err
}

// Put adds a channel or replaces it, and reports whether it is new. A secret
// that is masked in the config stays the one that is kept for the same place of
// the same type.
func (s *Service) Put(ctx context.Context, c Channel) (created bool, err error) {
	return s.save(ctx, c, false)
}

func (s *Service) save(ctx context.Context, c Channel, mustBeNew bool) (created bool, err error) {
	if problems := check(c); len(problems) > 0 {
		return false, hookflow.Invalid("the channel cannot be saved", problems...)
	}
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		was, err := tx.Channel(c.Key)
		created = hookflow.CodeOf(err) == hookflow.CodeNotFound
		switch {
		case err != nil && !created:
			return err
		case created:
			err = checkRoom(tx)
		case mustBeNew:
			err = hookflow.Errorf(hookflow.CodeConflict, "there is a channel %q already", c.Key)
		}
		if err != nil {
			return err
		}
		return s.write(tx, c, was, created)
	})
	return created, err
}

func checkRoom(tx *store.Tx) error {
	count, err := tx.CountChannels()
	if err == nil && count >= MaxChannels {
		err = hookflow.Errorf(hookflow.CodeTooLarge, "there are %d channels already, which is the most", MaxChannels)
	}
	return err
}

func check(c Channel) []hookflow.Problem {
	var problems []hookflow.Problem
	if !hookflow.ValidKey(c.Key) {
		problems = append(problems, hookflow.Problem{Pointer: "/key", Detail: "must begin with a-z or 0-9 and hold at most 64 of a-z, 0-9 and -"})
	}
	if channel.Lookup(c.Type) == nil {
		problems = append(problems, hookflow.Problem{Pointer: "/type", Detail: fmt.Sprintf("there is no channel type %.40q", c.Type)})
	}
	if len(c.Config) > MaxConfig {
		problems = append(problems, hookflow.Problem{Pointer: "/config", Detail: "is longer than 64 KiB"})
	}
	return problems
}

// write checks a config with its secrets in their places, and keeps it.
func (s *Service) write(tx *store.Tx, c Channel, was store.Channel, isNew bool) error {
	change := auth.Change{ID: s.store.IDs().Next(), At: s.world.Clock(), Action: "create", Kind: "channel", Object: c.Key}
	var kept value.Value
	if !isNew {
		var err error
		if kept, err = s.open(was); err != nil {
			return err
		}
		change.Action, change.Before = "update", described(was.Title, was.Type, kept)
	}
	if was.Type != c.Type {
		kept = nil
	}
	config, problems := restored(c.Type, c.Config, kept)
	if len(problems) == 0 {
		problems = channel.Lookup(c.Type).Check(config)
	}
	if len(problems) > 0 {
		value.Under("config", problems)
		return hookflow.Invalid("the channel cannot be saved", problems...)
	}
	if !isNew && was.Title == c.Title && was.Type == c.Type && value.Equal(kept, config) {
		return nil // saying the same again changes nothing, not even a date
	}
	sealed, err := s.env.Seal(config)
	if err != nil {
		return err
	}
	change.After = described(c.Title, c.Type, config)
	row := store.Channel{Key: c.Key, Title: c.Title, Type: c.Type, Config: sealed, CreatedAt: change.At, UpdatedAt: change.At}
	return errors.Join(tx.PutChannel(row), auth.Record(tx, change))
}

// Delete removes a channel.
func (s *Service) Delete(ctx context.Context, key string) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		was, err := tx.Channel(key)
		if hookflow.CodeOf(err) == hookflow.CodeNotFound {
			return notFound(key)
		}
		if err != nil {
			return err
		}
		config, err := s.open(was)
		if err != nil {
			return err
		}
		return errors.Join(tx.DeleteChannel(key), auth.Record(tx, auth.Change{
			ID: s.store.IDs().Next(), At: s.world.Clock(), Action: "delete", Kind: "channel", Object: key, Before: described(was.Title, was.Type, config),
		}))
	})
}

// described is what an audit entry shows of a channel.
func described(title, typ string, config value.Value) value.Value {
	var o value.Object
	return o.Set("title", value.String(title)).Set("type", value.String(typ)).Set("config", masked(typ, config)).Value()
}
