// Package nodes holds the node types, one file each: importing it registers
// them all.
//
// A type is a struct whose tags are its form and its documentation, and a
// function from it to an outcome; it reaches records, scripts and the network
// through node.Env alone. Its examples, in testdata, are its tests and part of
// its page.
package nodes
