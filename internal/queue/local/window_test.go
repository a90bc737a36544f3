package local

import "testing"

// Rows refused while a query was under way may be missing from its answer.
func TestWindowRemembersWhatItRefusedWhileLoading(t *testing.T) {
	t.Parallel()
	f := newFlow(1)
	w := f.fresh
	w.refuse(key{0, 5})
	w.loading = true
	w.refuse(key{0, 9})
	w.loaded(endless)
	w.add(&entry{flow: f, id: 7})
	w.add(&entry{flow: f, id: 10})
	if e := w.head(); e == nil || e.id != 7 {
		t.Fatalf("the head is %v", e)
	}
	w.remove(w.head())
	if e := w.head(); e != nil {
		t.Errorf("%s is handed out before 9", e.id)
	}
	if w.beyond == 0 {
		t.Error("the window forgot what is in the database only")
	}
}
