package store

import (
	"context"
	"time"
)

// Channel is something that messages can be sent through; its config is sealed
// before it comes here.
type Channel struct {
	Key       string
	Title     string
	Type      string
	Config    []byte
	CreatedAt time.Time
	UpdatedAt time.Time
}

const selectChannels = "SELECT key, title, type, config, created_at, updated_at FROM hf_channels"

func scanChannel(row Row) (c Channel, err error) {
	err = row.Scan(&c.Key, &c.Title, &c.Type, &c.Config, (*stamp)(&c.CreatedAt), (*stamp)(&c.UpdatedAt))
	return c, err
}

// Channels returns all channels by key.
func (s *Store) Channels(ctx context.Context) ([]Channel, error) {
	return collect(s.backend.reader(ctx), scanChannel, selectChannels+" ORDER BY key")
}

// ChannelsOf returns the channels of a type by key, the first two of them.
func (s *Store) ChannelsOf(ctx context.Context, typ string) ([]Channel, error) {
	return collect(s.backend.reader(ctx), scanChannel, selectChannels+" WHERE type = ? ORDER BY key LIMIT 2", typ)
}

// Channel returns one channel, or CodeNotFound.
func (s *Store) Channel(ctx context.Context, key string) (Channel, error) {
	return findChannel(s.backend.reader(ctx), key)
}

// Channel returns one channel, or CodeNotFound.
func (tx *Tx) Channel(key string) (Channel, error) { return findChannel(tx, key) }

func findChannel(r Reader, key string) (Channel, error) {
	return one(r, scanChannel, "channel", selectChannels+" WHERE key = ?", key)
}

// CountChannels counts all channels.
func (tx *Tx) CountChannels() (int64, error) { return count(tx, "SELECT count(*) FROM hf_channels") }

// PutChannel adds a channel, or replaces all of it but when it was made.
func (tx *Tx) PutChannel(c Channel) error {
	return tx.put(`
		INSERT INTO hf_channels (key, title, type, config, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET
			title = excluded.title, type = excluded.type, config = excluded.config, updated_at = excluded.updated_at`,
		c.Key, c.Title, c.Type, c.Config, micros(c.CreatedAt), micros(c.UpdatedAt))
}

// DeleteChannel removes a channel; CodeNotFound when there is none.
func (tx *Tx) DeleteChannel(key string) error {
	return tx.putOne(notFound("channel"), "DELETE FROM hf_channels WHERE key = ?", key)
}
