package convert

import "strconv"

// detectorNetwork writes face-api's tiny face detector: a small YOLO of
// separable convolutions. Input 1x3xSxS (S a multiple of 32, 416 or 320), RGB
// minus the detector's mean, divided by 255; output 1x25xNxN with N = S/32
// rounded up: five anchors times x, y, width, height and score, all raw.
func detectorNetwork(w weights) ([]byte, error) {
	b := &builder{graph: graph{name: "tiny_face_detector"}, w: w}
	leaky := func(x string) string { return b.op("LeakyRelu", []string{x}, floatAttr("alpha", 0.1)) }

	x := leaky(b.conv(Input, "conv0/filters", "conv0/bias", 1, valid))
	for i := 1; i <= 5; i++ {
		x = b.pool("MaxPool", x, 2, 2, same)
		x = leaky(b.separable(x, "conv"+strconv.Itoa(i), 1, 1))
	}
	x = b.pool("MaxPool", x, 2, 1, same)
	x = b.conv(x, "conv8/filters", "conv8/bias", 1, valid)
	return b.model([]int{1, 3, 0, 0}, x, []int{1, 25, 0, 0}), b.err
}
