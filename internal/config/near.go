package config

import "fmt"

// DidYouMean returns `; did you mean "x"?` for the candidate nearest to a
// mistyped name, or "" when none is near.
func DidYouMean(name string, candidates []string) string {
	best, nearest := len(name)/3+1, ""
	for _, candidate := range candidates {
		if d := distance(name, candidate); d <= best && candidate != name {
			best, nearest = d-1, candidate
		}
	}
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", nearest)
}

// distance is the Levenshtein distance of two names, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
