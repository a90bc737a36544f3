package postgres

import (
	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/queue"
)

// memos keeps the newest memos of executions that this process may claim.
// Another may be faster, so the oldest ones make room.
type memos struct {
	room  queue.Memos
	kept  map[hookflow.ID]any
	order []hookflow.ID // of arrival; some are gone already
	most  int
}

func newMemos(most int) memos { return memos{kept: map[hookflow.ID]any{}, most: most} }

func (m *memos) keep(id hookflow.ID, memo any) {
	m.take(id)
	if memo == nil {
		return
	}
	for len(m.order) >= m.most {
		m.take(m.order[0])
		m.order = m.order[1:]
	}
	if kept := m.room.Keep(memo); kept != nil {
		m.kept[id] = kept
		m.order = append(m.order, id)
	}
}

// take returns the memo of an execution and forgets it.
func (m *memos) take(id hookflow.ID) any {
	memo := m.kept[id]
	m.room.Drop(memo)
	delete(m.kept, id)
	return memo
}
