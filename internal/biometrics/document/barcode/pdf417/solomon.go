package pdf417

// field holds powers and logarithms of 3 in the integers modulo 929.
var field = func() (f struct{ exp, log [Words]int }) {
	x := 1
	for i := range Words - 1 {
		f.exp[i], f.log[x] = x, i
		x = 3 * x % Words
	}
	return f
}()

func power(e int) int { return field.exp[((e%(Words-1))+(Words-1))%(Words-1)] }

func inverse(a int) int { return power(-field.log[a]) }

// Correct repairs the code words of a symbol in place. The last check words
// are for correction; erased names places known to be unread. It returns how
// many words were changed and false when they cannot be repaired: an erasure
// costs one check word, another error two. At least spare check words must be
// left over as proof; then words is a valid code word of the Reed-Solomon code
// of ISO/IEC 15438, 5.10. On false words may have been written to.
func Correct(words []int, check, spare int, erased []int) (changed int, ok bool) {
	if check < 2 || check >= len(words) || len(erased)+spare > check {
		return 0, false
	}
	s, clean := syndromes(words, check)
	if clean {
		return 0, true
	}
	locator := locate(s, words, erased)
	degree := len(locator) - 1
	if 2*degree-len(erased)+spare > check {
		return 0, false
	}
	evaluator := make([]int, check)
	for i := range check {
		for j := 0; j <= min(i, degree); j++ {
			evaluator[i] = (evaluator[i] + locator[j]*s[i-j]) % Words
		}
	}
	found := 0
	for i := range words {
		e := len(words) - 1 - i
		if at(locator, -e) != 0 {
			continue
		}
		found++
		slope := 0 // of the locator at the root
		for j := 1; j <= degree; j++ {
			slope = (slope + j*locator[j]%Words*power(-e*(j-1))) % Words
		}
		if slope == 0 {
			return 0, false
		}
		if wrong := at(evaluator, -e) * inverse(slope) % Words; wrong != 0 {
			words[i] = (words[i] + wrong) % Words
			changed++
		}
	}
	if found != degree {
		return 0, false
	}
	_, clean = syndromes(words, check)
	return changed, clean
}

// syndromes evaluates the words at 3, 9, 27 ...; all are zero when nothing is wrong.
func syndromes(words []int, check int) (s []int, clean bool) {
	s, clean = make([]int, check), true
	for j := range s {
		x, v := power(j+1), 0
		for _, w := range words {
			v = (v*x + w) % Words
		}
		s[j] = v
		clean = clean && v == 0
	}
	return s, clean
}

// locate finds the polynomial whose roots name the wrong places, lowest power
// first (Berlekamp-Massey with erasures; Blahut, Algebraic Codes, 7.5).
func locate(s, words, erased []int) []int {
	locator := make([]int, len(s)+1)
	locator[0] = 1
	for _, i := range erased {
		x := power(len(words) - 1 - i)
		for j := len(s); j > 0; j-- {
			locator[j] = (locator[j] + (Words-x)*locator[j-1]) % Words
		}
	}
	e := len(erased)
	length := e
	before := append([]int(nil), locator...)
	for r := e; r < len(s); r++ {
		miss := 0
		for j := 0; j <= r; j++ {
			miss = (miss + locator[j]*s[r-j]) % Words
		}
		copy(before[1:], before[:len(s)])
		before[0] = 0
		if miss == 0 {
			continue
		}
		next := make([]int, len(locator))
		for j := range next {
			next[j] = (locator[j] + (Words-miss)*before[j]) % Words
		}
		if 2*length <= r+e {
			length = r + 1 - length + e
			scale := inverse(miss)
			for j := range before {
				before[j] = locator[j] * scale % Words
			}
		}
		locator = next
	}
	degree := len(locator) - 1
	for degree > 0 && locator[degree] == 0 {
		degree--
	}
	return locator[:degree+1]
}

// at evaluates a polynomial, lowest power first, at 3 to the power e.
func at(p []int, e int) int {
	v, x := 0, power(e)
	for i := len(p) - 1; i >= 0; i-- {
		v = (v*x + p[i]) % Words
	}
	return v
}

// Checks computes the check words for data words, as many as asked.
func Checks(data []int, check int) []int {
	generator := make([]int, check+1) // lowest power first
	generator[0] = 1
	for i := range check {
		x := power(i + 1)
		for j := check; j >= 0; j-- {
			v := (Words - x) * generator[j] % Words
			if j > 0 {
				v += generator[j-1]
			}
			generator[j] = v % Words
		}
	}
	rest := make([]int, check) // highest power first
	for _, d := range data {
		carry := (d + rest[0]) % Words
		for i := range check {
			next := 0
			if i+1 < check {
				next = rest[i+1]
			}
			rest[i] = (next + (Words-carry)*generator[check-1-i]) % Words
		}
	}
	for i := range rest {
		rest[i] = (Words - rest[i]) % Words
	}
	return rest
}
