package convert

// GraphNetwork writes a graph model with the outputs of these nodes, named as
// the nodes and of these numbers of dimensions.
func GraphNetwork(description, data []byte, nodes []string, ranks []int) ([]byte, error) {
	var results []result
	for i, n := range nodes {
		results = append(results, result{n, port{"out_" + n, make([]int, ranks[i])}})
	}
	return graphNetwork("test", results...)(description, data)
}
