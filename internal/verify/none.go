package verify

import (
	"context"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

type noneSettings struct{ Common }

var none = define(definition[noneSettings]{
	key:      "none",
	title:    Text{"None", "不验证"},
	doc:      Text{"Anyone who knows the URL may call.", "任何知道该地址的人都可以调用。"},
	provider: Provider{Checks: Text{"nothing", "不校验"}},
	prepare: func(*noneSettings, *value.Tree) (plan[noneSettings], []hookflow.Problem) {
		return plan[noneSettings]{judge: func(_ context.Context, _ *Request, _ *noneSettings, v *Verdict) {
			v.pass("none", "every caller is accepted")
		}}, nil
	},
})
