package convert

// The names of the outputs of Human's networks.
const (
	MeshPoints = "points" // Nx1404: x, y, z of 468 points in pixels of the input
	MeshScore  = "score"  // Nx1: 0 to 1, whether a face is there
	IrisPoints = "points" // Nx1x1x228: x, y, z of 71 points of the eye and 5 of the iris
)

// meshNetwork is MediaPipe's face mesh: input Nx3x192x192, RGB from 0 to 1.
var meshNetwork = graphNetwork("facemesh",
	result{"Identity_2", port{MeshPoints, []int{0, 1404}}},
	result{"Identity_1", port{MeshScore, []int{0, 1}}})

// irisNetwork is MediaPipe's iris network: input Nx3x64x64, RGB from 0 to 1, of
// a person's right eye or the mirror image of their left.
var irisNetwork = graphNetwork("iris",
	result{"Identity", port{IrisPoints, []int{0, 1, 1, 228}}})

// blazeNetwork is MediaPipe's face detector for any distance: input
// 1x3x256x256, RGB from -1 to 1; two grids of anchors, each with the score and
// with box and six points of a face.
var blazeNetwork = graphNetwork("blazeface",
	result{"Identity", port{"scores16", []int{1, 512, 1}}},
	result{"Identity_1", port{"scores8", []int{1, 384, 1}}},
	result{"Identity_2", port{"boxes16", []int{1, 512, 16}}},
	result{"Identity_3", port{"boxes8", []int{1, 384, 16}}})
