package app

import (
	"reflect"

	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/verify"
	"github.com/hookflow/hookflow/internal/workflow"
)

// types finds the settings of node types and verification schemes.
type types struct{}

var _ workflow.Types = types{}

func (types) Node(name string) reflect.Type {
	if t := node.Lookup(name); t != nil {
		return t.Config
	}
	return nil
}

func (types) Scheme(key string) reflect.Type {
	if s, ok := verify.Lookup(key); ok {
		return s.Settings
	}
	return nil
}
