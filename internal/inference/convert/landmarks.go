package convert

import "strconv"

// landmarksNetwork writes face-api's network of 68 landmarks: four dense
// blocks of four separable convolutions. Input 1x3x112x112, RGB minus the
// mean, divided by 255; output 1x136: x and y of every point as a share of the
// input's side.
func landmarksNetwork(w weights) ([]byte, error) {
	b := &builder{graph: graph{name: "face_landmark_68"}, w: w}
	x := Input
	for block := range 4 {
		x = b.dense(x, "dense"+strconv.Itoa(block), block == 0)
	}
	x = b.pool("AveragePool", x, 7, 2, valid)
	x = b.op("Flatten", []string{x}, intAttr("axis", 1))
	fc := b.take("fc/weights", 2)
	x = b.op("Gemm", []string{x, b.weight(fc), b.vector("fc/bias", fc.dims[1])})
	return b.model([]int{1, 3, 112, 112}, x, []int{1, 136}), b.err
}

// dense halves the picture's side; every step sees the sum of all before it.
func (b *builder) dense(x, name string, first bool) string {
	var sum string
	if first {
		sum = b.conv(x, name+"/conv0/filters", name+"/conv0/bias", 2, same)
	} else {
		sum = b.separable(x, name+"/conv0", 2, same)
	}
	sum = b.relu(sum)
	last := sum
	for i := 1; i <= 3; i++ {
		sum = b.add(sum, b.separable(last, name+"/conv"+strconv.Itoa(i), 1, same))
		last = b.relu(sum)
	}
	return last
}
