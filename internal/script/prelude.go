package script

import (
	"embed"
	"fmt"
	"strings"

	"modernc.org/quickjs"
)

// The engines' README says where they come from.
//
//go:embed prelude engines/*.js
var preludeFiles embed.FS

// prelude compiles the JavaScript of our own once per process. Bytecode is
// only ever made here: the engine does not check what it loads.
type prelude struct {
	bytecode map[string][]byte
}

func newPrelude() *prelude { return &prelude{bytecode: map[string][]byte{}} }

// runtime evaluates the code that every machine starts with: a function of
// host and load.
func (p *prelude) runtime(vm *quickjs.VM) (quickjs.Value, error) {
	return p.eval(vm, "runtime", "", "")
}

// module evaluates a module to the function around its source. Engines are
// others' code, which need not be strict.
func (p *prelude) module(vm *quickjs.VM, name string) (quickjs.Value, error) {
	if strings.HasPrefix(name, enginePrefix) {
		return p.eval(vm, name, "(function (module, exports) {", "\n})")
	}
	return p.eval(vm, name, "(function (module, exports, internal, host, timing) {'use strict';", "\n})")
}

const enginePrefix = "engines/"

func (p *prelude) eval(vm *quickjs.VM, name, head, tail string) (quickjs.Value, error) {
	code, ok := p.bytecode[name]
	if !ok {
		source, err := preludeFiles.ReadFile(fileOf(name))
		if err != nil {
			return quickjs.Value{}, err
		}
		code, err = vm.Compile(head+string(source)+tail, quickjs.EvalGlobal)
		if err != nil {
			return quickjs.Value{}, fmt.Errorf("compile prelude %s: %w", name, err)
		}
		p.bytecode[name] = code
	}
	return vm.EvalBytecodeValue(code)
}

func fileOf(name string) string {
	if strings.HasPrefix(name, enginePrefix) {
		return name + ".js"
	}
	return "prelude/" + name + ".js"
}
