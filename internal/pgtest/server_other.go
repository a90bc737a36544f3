//go:build !unix

package pgtest

func start() (string, error) { return "", errNotInstalled }
