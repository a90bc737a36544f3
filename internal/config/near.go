package config

import "fmt"

// DidYouMean returns `; did you mean "x"?` for the candidate nearest to a
// mistyped name, or "" when none is near.
func DidYouMean(name string, candidates []string) string {
	best, nearest := len(name), ""
	for _, candidate := range candidates {
		if d := distance(name, candidate); d <= tolerable(name, candidate) && d < best && candidate != name {
			best, nearest = d, candidate
		}
	}
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", nearest)
}

// tolerable is how far a candidate may be from a name: a third of what comes
// after their common beginning, which all names of a kind may share.
func tolerable(name, candidate string) int {
	shared := 0
	for shared < min(len(name), len(candidate)) && name[shared] == candidate[shared] {
		shared++
	}
	return (len(name)-shared)/3 + 1
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
