package condition

import (
	"fmt"
	"regexp"
	"sync"
	"unicode/utf8"
)

// MaxPattern bounds a regular expression, in characters.
const MaxPattern = 1000

const maxPatterns = 256

// patterns remembers compiled expressions. It changes nothing but speed, so one serves everybody.
var patterns patternCache

type patternCache struct {
	mu       sync.RWMutex
	compiled map[string]*regexp.Regexp
}

func (c *patternCache) compile(source string) (*regexp.Regexp, error) {
	c.mu.RLock()
	pattern := c.compiled[source]
	c.mu.RUnlock()
	if pattern != nil {
		return pattern, nil
	}
	pattern, err := compilePattern(source)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.compiled == nil || len(c.compiled) >= maxPatterns {
		c.compiled = make(map[string]*regexp.Regexp)
	}
	c.compiled[source] = pattern
	return pattern, nil
}

func compilePattern(source string) (*regexp.Regexp, error) {
	if utf8.RuneCountInString(source) > MaxPattern {
		return nil, fmt.Errorf("the pattern has more than %d characters", MaxPattern)
	}
	pattern, err := regexp.Compile(source)
	if err != nil {
		return nil, fmt.Errorf("the pattern is not a regular expression: %w", err)
	}
	return pattern, nil
}
