package script
import ("testing";"fmt";"time")
func TestZZ(t *testing.T){
 pool := newTestPool(t, Options{Workers: 1})
 for _, code := range []string{
 "const a=[]; for(;;) a.push({})",
 "const a=[]; for(;;) a.push([1,2,3])",
 "let a=null; for(;;) a={a}",
 "const a=[]; for(;;) a.push('x'.repeat(10)+a.length)",
 "const a=[]; for(;;) a.push('x'.repeat(1e6))",
 "globalThis.a=[]; for(;;) { try { a.push(new Array(100).fill({})) } catch { a.push({}) } }",
 "function f(x){ return f([x]) } const a=[]; for(let i=0;;i++) a.push(Symbol(i))",
 "const m=new Map(); for(let i=0;;i++) m.set(i,{i})",
 "return JSON.stringify(Array(1e7).fill('abcdefgh'))",
 "const a=[]; for(;;) a.push(async()=>{ await 1 })",
 "const a=[]; for(let i=0;;i++) a.push(Promise.resolve(i).then(x=>x))",
 "const a=[]; try { for(;;) a.push({}) } catch (e) { for(;;) a.push(1) }",
 "globalThis.a=[]; const f=async()=>{ for(;;) a.push({}) }; await f()",
 "globalThis.a=[]; setTimeout(()=>{ for(;;) a.push({}) }); await new Promise(()=>{})",
 } {
  r, err := pool.Run(t.Context(), Run{Code: code, Memory: 32<<20, Timeout: 10*time.Second})
  fmt.Printf("%-60.60s %s %v %T %s\n", code, kindOf(err), err, err, r.Duration)
 }
}
