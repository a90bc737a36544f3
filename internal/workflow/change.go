package workflow

import (
	"bytes"
	"slices"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/auth"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

// change is one workflow while a transaction changes it: open, the changes, close.
type change struct {
	s        *Service
	tx       *store.Tx
	row      Row
	version  string // as it was, "" for a new one
	created  bool
	before   value.Value
	origins  []hookflow.ID     // revisions from which a new one may take grants over
	revision hookflow.Revision // the one that the change is about
}

// open begins with the workflow as it is, or with a new one.
func (s *Service) open(tx *store.Tx, key string) (*change, error) {
	row, err := tx.Workflow(key)
	switch {
	case err == nil:
		origins := slices.DeleteFunc([]hookflow.ID{row.Published, row.Draft}, func(id hookflow.ID) bool { return id == 0 })
		return &change{s: s, tx: tx, row: row, version: Version(row), before: describe(row), origins: origins}, nil
	case hookflow.CodeOf(err) == hookflow.CodeNotFound:
		row = Row{ID: s.Store.IDs().Next(), Key: key, CreatedAt: s.Clock()}
		return &change{s: s, tx: tx, row: row, created: true}, nil
	default:
		return nil, err
	}
}

// meets asks whether the change may be made.
func (c *change) meets(conditions []Condition) error {
	for _, condition := range conditions {
		if err := condition(c.version); err != nil {
			return err
		}
	}
	return nil
}

// load makes an existing revision the one that the change is about.
func (c *change) load(id hookflow.ID) (err error) {
	c.revision, err = c.s.opened(c.tx.Revision(id))
	return err
}

func (c *change) setDraft(d *Document) error {
	grants, err := c.grant(d)
	if err != nil {
		return err
	}
	if err := c.insert(d, grants, 0); err != nil {
		return err
	}
	c.row.Draft = c.revision.ID
	return nil
}

// publish drops the draft, and adds a revision unless the published one has the same text and the
// same grants.
func (c *change) publish(d *Document) error {
	grants, err := c.grant(d)
	if err != nil {
		return err
	}
	c.row.Draft = 0
	if c.row.Published != 0 {
		if err := c.load(c.row.Published); err != nil {
			return err
		}
		if bytes.Equal(c.revision.Document, d.Text) && c.revision.Grants.Covers(grants) {
			return nil
		}
	}
	if err := c.insert(d, grants, c.row.Number+1); err != nil {
		return err
	}
	c.row.Published, c.row.Number = c.revision.ID, c.revision.Number
	return nil
}

func (c *change) insert(d *Document, grants hookflow.Grants, number int) error {
	c.revision = hookflow.Revision{
		ID: c.s.Store.IDs().Next(), WorkflowID: c.row.ID, Number: number, Document: d.Text,
		CreatedAt: c.s.Clock(), CreatedBy: auth.From(c.tx.Context()).Name, Grants: grants,
	}
	stored := c.revision
	stored.Document = c.s.sealed(d.Text)
	return c.tx.InsertRevision(stored)
}

// close writes the row, claims the addresses and notes who did it.
func (c *change) close(action string) (*Saved, error) {
	c.row.UpdatedAt = c.s.Clock()
	if c.row.Published == 0 || c.revision.ID == c.row.Published {
		c.row.Title = value.Value(c.revision.Document).Get("title").Text()
	}
	write := c.tx.UpdateWorkflow
	if c.created {
		write = c.tx.InsertWorkflow
	}
	if err := write(c.row); err != nil {
		return nil, err
	}
	if err := c.claim(); err != nil {
		return nil, err
	}
	c.tx.Notify(Topic)
	return &Saved{Row: c.row, Revision: c.revision, Created: c.created},
		c.s.record(c.tx, action, c.row.Key, c.before, describe(c.row))
}

// claim takes the addresses of the published document while the workflow is enabled, and gives them
// back while it is not.
func (c *change) claim() error {
	if !c.row.Enabled || c.row.Published == 0 {
		return c.tx.ReplaceEndpoints(c.row.ID, nil)
	}
	published := c.revision
	if published.ID != c.row.Published {
		var err error
		if published, err = c.s.opened(c.tx.Revision(c.row.Published)); err != nil {
			return err
		}
	}
	d, err := Decode(published.Document, c.row.Key)
	if err != nil {
		return err
	}
	return c.tx.ReplaceEndpoints(c.row.ID, c.s.Endpoints.Endpoints(d.Workflow))
}
