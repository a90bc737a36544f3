package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hookflow/hookflow"
)

// DeliveryFilter narrows a list of deliveries; zero members do not. From is
// inclusive, To is not.
type DeliveryFilter struct {
	Workflow  string // key
	Outcome   hookflow.Outcome
	Reason    hookflow.Reason
	Status    int
	Method    string
	IP        string
	Execution hookflow.ID // that the delivery started
	ReplayOf  hookflow.ID
	Replay    *bool // that repeats another one, or that does not
	Test      *bool // that came to the test URL, or that did not
	Originals bool  // no replays, and nothing rejected that a replay has let in since
	From, To  time.Time
}

// PackedDelivery is a delivery and its decoded body as their rows hold them.
type PackedDelivery struct{ row, body []any }

// PackDelivery does outside of a transaction what takes time: encoding the
// delivery and compressing its body. Changes of d are not seen after it.
func PackDelivery(d *hookflow.Delivery, body []byte) (*PackedDelivery, error) {
	headers, headersErr := encode(flatten(d.Headers))
	report, reportErr := encode(d.Report)
	answer, answerErr := encode(d.Answer)
	if err := errors.Join(headersErr, reportErr, answerErr); err != nil {
		return nil, fmt.Errorf("encode the delivery: %w", err)
	}
	p := &PackedDelivery{row: []any{
		d.ID, d.WorkflowID, micros(d.ReceivedAt), d.Method, text(d.URL), text(d.Path), d.Pattern, d.IP, headers, d.BodySize,
		string(d.Outcome), string(d.Reason), text(d.Detail), d.Status, d.ExecutionID, d.ReplayOf, report, answer, d.Sealed, d.Test,
	}}
	if len(body) > 0 {
		codec, data := compress(bodyEncoder(len(body)), nil, body)
		p.body = []any{d.ID, int64(codec), len(body), data}
	}
	return p, nil
}

// InsertDelivery keeps a delivery and, beside it, its body.
func (tx *Tx) InsertDelivery(p *PackedDelivery) error {
	tx.Queue(`
		INSERT INTO hf_deliveries (id, workflow_id, received_at, method, url, path, pattern, ip, headers, body_size,
			outcome, reason, detail, status, execution_id, replay_of, report, answer, sealed, test)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, p.row...)
	if p.body == nil {
		return tx.err
	}
	return tx.put("INSERT INTO hf_bodies (delivery_id, codec, size, data) VALUES (?, ?, ?, ?)", p.body...)
}

// SetDeliveryAnswer keeps what the caller was answered, once that is known.
func (tx *Tx) SetDeliveryAnswer(id hookflow.ID, status int, answer *hookflow.Response) error {
	return tx.putOne(notFound("delivery"), "UPDATE hf_deliveries SET status = ?, answer = ? WHERE id = ?", status, tx.json(answer), id)
}

// json is encode; what cannot be encoded fails the part.
func (tx *Tx) json(v any) []byte {
	line, err := encode(v)
	_ = tx.note(err)
	return line
}

// encode writes what a column holds; nil is NULL. Raw JSON inside keeps its
// spelling.
func encode(v any) ([]byte, error) {
	var encoded bytes.Buffer
	e := json.NewEncoder(&encoded)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	line := bytes.TrimSuffix(encoded.Bytes(), []byte("\n"))
	if string(line) == "null" {
		return nil, nil
	}
	return line, nil
}

// flatten gives names and values by turns: half the size of objects.
func flatten(headers []hookflow.Header) []string {
	flat := make([]string, 0, 2*len(headers))
	for _, h := range headers {
		flat = append(flat, h.Name, h.Value)
	}
	return flat
}

const (
	deliveryFields = `d.id, d.workflow_id, COALESCE(w.key, ''), d.received_at, d.method, d.url, d.path, d.pattern, d.ip,
		d.body_size, d.outcome, d.reason, d.detail, d.status, d.execution_id, d.replay_of, d.test`
	fromDeliveries = ` FROM hf_deliveries d LEFT JOIN hf_workflows w ON w.id = d.workflow_id`
)

func deliveryDest(d *hookflow.Delivery) []any {
	return []any{
		&d.ID, &d.WorkflowID, &d.WorkflowKey, (*stamp)(&d.ReceivedAt), &d.Method, &d.URL, &d.Path, &d.Pattern, &d.IP,
		&d.BodySize, &d.Outcome, &d.Reason, &d.Detail, &d.Status, &d.ExecutionID, &d.ReplayOf, &d.Test,
	}
}

// PruneSamples removes all but the newest deliveries that no workflow had a path
// for.
func (tx *Tx) PruneSamples(keep int) error {
	const old = `workflow_id IS NULL AND id <= (SELECT id FROM hf_deliveries WHERE workflow_id IS NULL ORDER BY id DESC LIMIT 1 OFFSET ?)`
	tx.Queue("DELETE FROM hf_bodies WHERE delivery_id IN (SELECT id FROM hf_deliveries WHERE "+old+")", keep)
	tx.Queue("DELETE FROM hf_deliveries WHERE "+old, keep)
	return tx.err
}

// Delivery returns one delivery whole, without its body, or CodeNotFound.
func (s *Store) Delivery(ctx context.Context, id hookflow.ID) (*hookflow.Delivery, error) {
	return one(s.backend.reader(ctx), scanDelivery, "delivery",
		"SELECT "+deliveryFields+", d.headers, d.report, d.answer, d.sealed"+fromDeliveries+" WHERE d.id = ?", id)
}

func scanDelivery(row Row) (*hookflow.Delivery, error) {
	var d hookflow.Delivery
	var headers, report, answer []byte
	if err := row.Scan(append(deliveryDest(&d), &headers, &report, &answer, &d.Sealed)...); err != nil {
		return nil, err
	}
	err := errors.Join(decodeHeaders(headers, &d), decode(report, &d.Report), decode(answer, &d.Answer))
	return &d, err
}

// decodeHeaders reverses flatten.
func decodeHeaders(data []byte, d *hookflow.Delivery) error {
	var flat []string
	err := decode(data, &flat)
	for i := 0; i+1 < len(flat); i += 2 {
		d.Headers = append(d.Headers, hookflow.Header{Name: flat[i], Value: flat[i+1]})
	}
	return err
}

// decode reads a JSON column; NULL leaves dest as it is.
func decode(data []byte, dest any) error {
	if len(data) == 0 {
		return nil
	}
	return json.Unmarshal(data, dest)
}

// DeliveryBody returns the decoded body of a delivery, nil when it was empty,
// or CodeNotFound.
func (s *Store) DeliveryBody(ctx context.Context, id hookflow.ID) ([]byte, error) {
	scan := func(row Row) ([]byte, error) {
		var codec byte
		var data []byte
		if err := row.Scan(&codec, &data); err != nil {
			return nil, err
		}
		return decompress(codec, data)
	}
	return one(s.backend.reader(ctx), scan, "delivery", `
		SELECT COALESCE(b.codec, 0), b.data FROM hf_deliveries d LEFT JOIN hf_bodies b ON b.delivery_id = d.id
		WHERE d.id = ?`, id)
}

// Deliveries lists deliveries, newest first, without headers, report and
// answer.
func (s *Store) Deliveries(ctx context.Context, filter DeliveryFilter, page Page) ([]hookflow.Delivery, string, error) {
	c := filter.conditions()
	tail, err := c.page(page, "d.id")
	if err != nil {
		return nil, "", err
	}
	scan := func(row Row) (d hookflow.Delivery, err error) {
		err = row.Scan(deliveryDest(&d)...)
		return d, err
	}
	items, err := collect(s.backend.reader(ctx), scan, "SELECT "+deliveryFields+fromDeliveries+tail, c.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list deliveries: %w", err)
	}
	items, next := cut(page, items, func(d hookflow.Delivery) hookflow.ID { return d.ID })
	return items, next, nil
}

// CountDeliveries counts what Deliveries lists.
func (s *Store) CountDeliveries(ctx context.Context, filter DeliveryFilter) (int64, error) {
	c := filter.conditions()
	return count(s.backend.reader(ctx), "SELECT count(*) FROM hf_deliveries d"+c.where(), c.args...)
}

// Scan asks for deliveries one after the other. After and Before are IDs
// between which they are, zero being no bound.
type Scan struct {
	Filter        DeliveryFilter
	After, Before hookflow.ID
	Backward      bool // newest first
	Limit         int  // most deliveries
	Whole         bool // with headers and body
}

// ScanDeliveries visits deliveries without report and answer until visit wants
// no more. It holds a connection meanwhile, so that visit must be quick.
func (s *Store) ScanDeliveries(ctx context.Context, q Scan, visit func(d *hookflow.Delivery, body []byte) bool) error {
	query, args := q.statement(q.columns())
	rows, err := s.backend.reader(ctx).Query(query, args...)
	if err != nil {
		return fmt.Errorf("read deliveries: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		d, body, err := q.read(rows)
		if err != nil {
			return fmt.Errorf("read a delivery: %w", err)
		}
		if !visit(d, body) {
			break
		}
	}
	return rows.Err()
}

// DeliveryIDs returns the IDs of what ScanDeliveries finds.
func (s *Store) DeliveryIDs(ctx context.Context, q Scan) ([]hookflow.ID, error) {
	query, args := q.statement("d.id", " FROM hf_deliveries d")
	return collect(s.backend.reader(ctx), func(row Row) (id hookflow.ID, err error) {
		err = row.Scan(&id)
		return id, err
	}, query, args...)
}

// columns says what to read, and from where.
func (q *Scan) columns() (columns, from string) {
	if !q.Whole {
		return deliveryFields, fromDeliveries
	}
	return deliveryFields + ", d.headers, COALESCE(b.codec, 0), b.data", fromDeliveries + " LEFT JOIN hf_bodies b ON b.delivery_id = d.id"
}

func (q *Scan) statement(columns, from string) (query string, args []any) {
	c := q.Filter.conditions()
	if q.After != 0 {
		c.add("d.id > ?", q.After)
	}
	if q.Before != 0 {
		c.add("d.id < ?", q.Before)
	}
	order := " ORDER BY d.id"
	if q.Backward {
		order += " DESC"
	}
	return "SELECT " + columns + from + c.where() + order + " LIMIT ?", append(c.args, q.Limit)
}

func (q *Scan) read(row Row) (*hookflow.Delivery, []byte, error) {
	var d hookflow.Delivery
	if !q.Whole {
		return &d, nil, row.Scan(deliveryDest(&d)...)
	}
	var headers, data []byte
	var codec byte
	if err := row.Scan(append(deliveryDest(&d), &headers, &codec, &data)...); err != nil {
		return nil, nil, err
	}
	body, err := decompress(codec, data)
	return &d, body, errors.Join(err, decodeHeaders(headers, &d))
}

// newestOf finds a workflow by key, one that was deleted only when there is no
// other.
const newestOf = "(SELECT id FROM hf_workflows WHERE key = ? ORDER BY deleted, id DESC LIMIT 1)"

func (f DeliveryFilter) conditions() *conditions {
	c := &conditions{}
	if f.Workflow != "" {
		c.add("d.workflow_id = "+newestOf, f.Workflow)
	}
	if f.Reason != "" || f.Outcome != "" && f.Outcome != hookflow.OutcomeAccepted {
		c.add("d.outcome <> 'accepted'") // spelt out, so that the index of these is used
	}
	c.equal("d.outcome", string(f.Outcome))
	c.equal("d.reason", string(f.Reason))
	c.equal("d.method", f.Method)
	c.equal("d.ip", f.IP)
	if f.Status != 0 {
		c.add("d.status = ?", f.Status)
	}
	if f.Execution != 0 {
		c.add("d.id = (SELECT delivery_id FROM hf_executions WHERE id = ?)", f.Execution) // no index for this on deliveries
	}
	if f.ReplayOf != 0 {
		c.add("d.replay_of = ?", f.ReplayOf)
	}
	if f.Replay != nil {
		c.add(map[bool]string{true: "d.replay_of IS NOT NULL", false: "d.replay_of IS NULL"}[*f.Replay])
	}
	if f.Test != nil {
		c.add(map[bool]string{true: "d.test", false: "NOT d.test"}[*f.Test]) // spelt out, so that the index of tests is used
	}
	if f.Originals {
		c.add("d.replay_of IS NULL")
		c.add("(d.outcome <> 'rejected' OR NOT EXISTS (SELECT 1 FROM hf_deliveries a WHERE a.replay_of = d.id AND a.outcome = 'accepted'))")
	}
	c.between("d", "received_at", f.From, f.To)
	return c
}

// equal narrows by a column unless the value is empty.
func (c *conditions) equal(column, value string) {
	if value != "" {
		c.add(column+" = ?", value)
	}
}

// idSlack is how far the time in an ID may be from the time of its row because
// somebody set the clock.
const idSlack = 24 * time.Hour

// between narrows by a time, and by the IDs of that time: there is no index on
// the time itself.
func (c *conditions) between(table, column string, from, to time.Time) {
	if !from.IsZero() {
		c.add(table+"."+column+" >= ? AND "+table+".id >= ?", micros(from), FirstID(from.Add(-idSlack)))
	}
	if !to.IsZero() {
		c.add(table+"."+column+" < ? AND "+table+".id < ?", micros(to), FirstID(to.Add(idSlack)))
	}
}

// FirstID is the smallest ID of a time; never zero, which would be NULL.
func FirstID(t time.Time) hookflow.ID {
	const timeShift, maxTime = 22, 1<<41 - 1
	ms := t.Sub(hookflow.ID(0).Time()).Milliseconds()
	return hookflow.ID(max(min(max(ms, 0), maxTime)<<timeShift, 1))
}
