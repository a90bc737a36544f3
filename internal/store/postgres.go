package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/hookflow/hookflow"
)

const (
	// postgresWriters is how many commits may wait for the server at once.
	postgresWriters = 4
	// postgresReaders is how many connections are left for reading, at least.
	postgresReaders = 8
	// batchTimeout bounds one transaction of a writer; a server that does not
	// answer for so long counts as out of reach.
	batchTimeout = 30 * time.Second
	// idleTimeout bounds how long the server keeps the locks of a transaction
	// whose process has gone silent: asleep, cut off, or without power.
	idleTimeout = "SET idle_in_transaction_session_timeout = '10s'"
	// zone makes times read in UTC, wherever the server is.
	zone = "SET TimeZone = 'UTC'"
	// reconnectDelay is the wait before the next try to listen.
	reconnectDelay = time.Second
	// channel is what all announcements are sent on, their topic as payload.
	channel = "hookflow"
	// Advisory locks: one for changes of user tables, one per slot.
	schemaLock = 0x686f6f6b00000001
	slotLocks  = 0x686f6f6b
)

// postgresBackend is a pool of connections, and one more that listens and
// holds the lock on this process's slot.
type postgresBackend struct {
	pool    *pgxpool.Pool
	log     *slog.Logger
	process string
	number  int
	session *pgx.Conn
}

func openPostgres(ctx context.Context, url string, log *slog.Logger) (backend, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, hookflow.Errorf(hookflow.CodeInvalid, "the database URL cannot be read: %w", err)
	}
	config.MaxConns = max(config.MaxConns, postgresWriters+postgresReaders)
	config.AfterConnect = prepare
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := migratePostgres(ctx, pool); err != nil {
		pool.Close()
		return nil, err
	}
	return &postgresBackend{pool: pool, log: log}, nil
}

// prepare makes a new connection ready for writing and reading.
func prepare(ctx context.Context, conn *pgx.Conn) error {
	if err := PreferIndexes(ctx, conn); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, idleTimeout+"; "+zone)
	return err
}

// PreferIndexes keeps the planner from reading whole tables where there is an
// index. It plans a prepared statement once, while the tables are still empty,
// and would go on reading them whole when they have a million rows. What still
// has to be read whole then counts as so dear that the server would compile the
// statement to machine code, which takes a hundred times as long as running it.
func PreferIndexes(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, "SET enable_seqscan = off; SET jit = off")
	return err
}

// migratePostgres migrates under a lock: several processes may start at once.
func migratePostgres(ctx context.Context, pool *pgxpool.Pool) error {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // a try each second
	if err != nil {
		return fmt.Errorf("prepare to migrate: %w", err)
	}
	db := stdlib.OpenDBFromPool(pool)
	err = migrate(ctx, db, goose.DialectPostgres, "migrations/postgres", goose.WithSessionLocker(locker))
	return errors.Join(err, db.Close())
}

func (b *postgresBackend) dialect() Dialect { return Postgres }
func (b *postgresBackend) writers() int     { return postgresWriters }

func (b *postgresBackend) connect() writeConn { return &postgresConn{pool: b.pool} }

func (b *postgresBackend) reader(ctx context.Context) Reader { return pgReader{ctx, b.pool} }

func (b *postgresBackend) view(ctx context.Context, fn func(Reader) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return pgx.BeginTxFunc(ctx, b.pool, options, func(tx pgx.Tx) error { return fn(pgReader{ctx, tx}) })
}

func (b *postgresBackend) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), reconnectDelay)
	defer cancel()
	var err error
	if b.session != nil {
		_, err = b.pool.Exec(ctx, "DELETE FROM hf_processes WHERE id = $1", b.process)
		err = errors.Join(err, b.session.Close(ctx))
	}
	b.pool.Close()
	return err
}

const (
	now         = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
	forgetDead  = "DELETE FROM hf_processes WHERE lease_until < " + now + " - 86400000000"
	claimSlot   = "INSERT INTO hf_processes (id, slot, lease_until) VALUES ($1, $2, " + now + " + 20000000) ON CONFLICT DO NOTHING"
	lockSlot    = "SELECT pg_try_advisory_lock($1, $2)"
	releaseSlot = "DELETE FROM hf_processes WHERE id = $1"
)

// slot claims a number that no row of hf_processes has and no living connection
// has locked: the row keeps it from those who start, the lock keeps it even
// when the row was taken away from a process that only slept.
func (b *postgresBackend) slot(ctx context.Context, process string) (_ int, err error) {
	b.process = process
	if b.session, err = pgx.ConnectConfig(ctx, b.pool.Config().ConnConfig); err != nil {
		return 0, fmt.Errorf("connect: %w", err)
	}
	if _, err := b.session.Exec(ctx, forgetDead); err != nil {
		return 0, fmt.Errorf("forget dead processes: %w", err)
	}
	for _, b.number = range rand.Perm(hookflow.MaxSlot + 1) { //nolint:gosec // nobody gains by guessing a slot
		if ok, err := b.claim(ctx); ok || err != nil {
			return b.number, err
		}
	}
	return 0, hookflow.Errorf(hookflow.CodeOverloaded, "%d processes use the database already", hookflow.MaxSlot+1)
}

func (b *postgresBackend) claim(ctx context.Context) (bool, error) {
	tag, err := b.session.Exec(ctx, claimSlot, b.process, b.number)
	if err != nil || tag.RowsAffected() == 0 {
		return false, err
	}
	locked, err := b.lockSlot(ctx)
	if err != nil || locked {
		return locked, err
	}
	_, err = b.session.Exec(ctx, releaseSlot, b.process)
	return false, err
}

func (b *postgresBackend) lockSlot(ctx context.Context) (locked bool, err error) {
	err = b.session.QueryRow(ctx, lockSlot, slotLocks, b.number).Scan(&locked)
	return locked, err
}

// watch listens until ctx is done, with a new connection when one is lost.
// Whatever was announced while nobody listened is made good by waking all.
func (b *postgresBackend) watch(ctx context.Context, wake func(string), wakeAll func()) {
	for ctx.Err() == nil {
		err := b.listen(ctx, wake, wakeAll)
		if ctx.Err() != nil {
			return
		}
		b.log.Warn("lost the connection that listens for changes", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(reconnectDelay):
		}
	}
}

func (b *postgresBackend) listen(ctx context.Context, wake func(string), wakeAll func()) error {
	if err := b.reconnect(ctx); err != nil {
		return err
	}
	if _, err := b.session.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	wakeAll()
	for {
		n, err := b.session.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		wake(n.Payload)
	}
}

// reconnect opens the session again when it was lost, and takes its lock back.
func (b *postgresBackend) reconnect(ctx context.Context) (err error) {
	if !b.session.IsClosed() {
		return nil
	}
	session, err := pgx.ConnectConfig(ctx, b.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	b.session = session
	locked, err := b.lockSlot(ctx)
	if err == nil && !locked {
		b.log.Warn("the slot of this process's ids is locked, perhaps still by its lost connection", "slot", b.number)
	}
	return err
}

// pgReader reads through the pool or in a transaction.
type pgReader struct {
	ctx context.Context // a reader lives as long as one call
	db  interface {
		Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
	}
}

func (r pgReader) Query(query string, args ...any) (Rows, error) {
	return answer(r.db.Query(r.ctx, numbered(query), searchable(args)...))
}

// pgRows are rows with what the server says of their columns.
type pgRows struct{ pgx.Rows }

func answer(rows pgx.Rows, err error) (Rows, error) {
	if err != nil {
		return nil, err
	}
	return pgRows{rows}, nil
}

func (r pgRows) Columns() []Column {
	fields := r.FieldDescriptions()
	columns := make([]Column, len(fields))
	for i, f := range fields {
		columns[i].Name = f.Name
		if known, ok := r.Conn().TypeMap().TypeForOID(f.DataTypeOID); ok {
			columns[i].Type = strings.ToUpper(known.Name)
		}
	}
	return columns
}

// searchable makes texts that no row can hold into ones that are only not
// found.
func searchable(args []any) []any {
	clean := slices.Clone(args)
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			clean[i] = text(s)
		}
	}
	return clean
}

func (r pgReader) QueryRow(query string, args ...any) Row {
	rows, err := r.Query(query, args...)
	return firstRow{rows, err}
}

// postgresConn is a writer's connection: one of the pool while a transaction is
// open. Queued statements, BEGIN among them, wait for the next that must be
// answered and share its way to the server.
type postgresConn struct {
	pool    *pgxpool.Pool
	conn    *pgxpool.Conn
	ctx     context.Context // of the open transaction
	cancel  context.CancelFunc
	schema  bool
	pending []statement
	texts   texts
}

func (c *postgresConn) dialect() Dialect { return Postgres }

func (c *postgresConn) begin() (err error) {
	c.ctx, c.cancel = context.WithTimeout(context.Background(), batchTimeout)
	if c.conn, err = c.pool.Acquire(c.ctx); err != nil {
		return fmt.Errorf("%w: %w", errUnreachable, err)
	}
	return c.queue(statement{query: "BEGIN", want: anyRows})
}

func (c *postgresConn) beginSchema() error {
	if err := c.begin(); err != nil {
		return err
	}
	c.schema = true
	if _, err := c.exec("SET LOCAL lock_timeout = '10s'", nil); err != nil {
		return err
	}
	_, err := c.exec("SELECT pg_advisory_xact_lock(?)", []any{int64(schemaLock)})
	return err
}

// exec sends a statement with the pending ones; in a schema change after them,
// since it may need what they create.
func (c *postgresConn) exec(query string, args []any) (int64, error) {
	if c.schema {
		if err := c.flush(); err != nil {
			return 0, err
		}
		tag, err := c.conn.Exec(c.ctx, c.texts.numbered(query), args...)
		return tag.RowsAffected(), err
	}
	c.pending = append(c.pending, statement{query: query, args: args, want: anyRows})
	tag, err := c.send()
	return tag.RowsAffected(), err
}

func (c *postgresConn) query(query string, args []any) (Rows, error) {
	if err := c.flush(); err != nil {
		return nil, err
	}
	return answer(c.conn.Query(c.ctx, c.texts.numbered(query), args...))
}

// queryWithin has the server stop a statement that takes too long.
func (c *postgresConn) queryWithin(limit time.Duration, query string, args []any) (Rows, error) {
	if _, err := c.exec(fmt.Sprintf("SET LOCAL statement_timeout = %d", limit.Milliseconds()), nil); err != nil {
		return nil, err
	}
	rows, err := c.query(query, args)
	if err != nil {
		return nil, err
	}
	return releasedRows{rows, func() {
		c.pending = append(c.pending, statement{query: "SET LOCAL statement_timeout = 0", want: anyRows})
	}}, nil
}

func (c *postgresConn) queue(s statement) error {
	c.pending = append(c.pending, s)
	return nil
}

func (c *postgresConn) flush() error {
	if len(c.pending) == 0 {
		return nil
	}
	_, err := c.send()
	return err
}

// send sends what is pending in one round trip. It returns the outcome of the
// last statement and the first error.
func (c *postgresConn) send() (last pgconn.CommandTag, first error) {
	batch := &pgx.Batch{}
	for _, s := range c.pending {
		batch.Queue(c.texts.numbered(s.query), s.args...)
	}
	results := c.conn.SendBatch(c.ctx, batch)
	for i := range c.pending {
		tag, err := results.Exec()
		if err == nil {
			err = c.pending[i].check(tag.RowsAffected())
		}
		if first == nil {
			last, first = tag, err
		}
	}
	if err := results.Close(); first == nil {
		first = err
	}
	c.drop()
	return last, first
}

// drop forgets what is pending and keeps the room for more.
func (c *postgresConn) drop() {
	clear(c.pending)
	c.pending = c.pending[:0]
}

func (c *postgresConn) notify(topics map[string]bool) {
	for topic := range topics {
		c.pending = append(c.pending, statement{
			query: "SELECT pg_notify(?, ?)", args: []any{channel, topic}, want: anyRows,
		})
	}
}

var (
	errUnreachable  = errors.New("no connection")
	errNotCommitted = errors.New("the server rolled back instead of committing")
)

func (c *postgresConn) commit() error {
	if err := c.flush(); err != nil {
		return err
	}
	tag, err := c.conn.Exec(c.ctx, "COMMIT")
	if err != nil {
		return err
	}
	if tag.String() != "COMMIT" {
		return errNotCommitted
	}
	c.release()
	return nil
}

func (c *postgresConn) rollback() {
	if c.conn != nil && !c.conn.Conn().IsClosed() {
		_, _ = c.conn.Exec(c.ctx, "ROLLBACK") // release drops a connection on which it failed
	}
	c.release()
}

// release gives the connection back; the pool closes it when its transaction is
// not over.
func (c *postgresConn) release() {
	c.drop()
	c.schema = false
	if c.conn != nil {
		c.conn.Release()
		c.conn = nil
	}
	c.cancel()
}

// diagnose goes by SQLSTATE; an error without one came from the function of an
// op, or from a connection that is gone.
func (c *postgresConn) diagnose(err error) diagnosis {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return diagnoseState(e.Code)
	}
	lost := c.conn != nil && c.conn.Conn().IsClosed()
	if lost || errors.Is(err, errUnreachable) || errors.Is(err, errNotCommitted) {
		return noRoom
	}
	return ownFault
}

func diagnoseState(state string) diagnosis {
	switch state {
	case "40001", "40P01": // serialization failure, deadlock
		return lostRace
	case "55P03", "25006", "25P03": // lock timeout, read-only server, idle for too long
		return noRoom
	}
	for _, class := range []string{"08", "53", "57P", "58"} { // connection, resources, shutdown, system
		if strings.HasPrefix(state, class) {
			return noRoom
		}
	}
	return ownFault
}

func (c *postgresConn) tidy() error { return nil }
func (c *postgresConn) close()      {}

// maxTexts bounds the rewritten queries that are kept.
const maxTexts = 2048

// texts keeps the numbered form of queries. The zero texts is ready.
type texts struct {
	kept map[string]string
}

func (t *texts) numbered(query string) string {
	if text, ok := t.kept[query]; ok {
		return text
	}
	if t.kept == nil || len(t.kept) >= maxTexts {
		t.kept = map[string]string{}
	}
	text := numbered(query)
	t.kept[query] = text
	return text
}
