package inference

import (
	"os"
	"path/filepath"
)

// Folder chooses the engine folder: the setting (TRUEPENNY_ENGINE) when there
// is one, else build/engine under the working folder, else the folder "engine"
// beside the binary. It returns the first choice when none exists, so that
// Open's error names the place where a person expects the engine.
func Folder(setting string) string {
	if setting != "" {
		return setting
	}
	work := filepath.Join("build", "engine")
	if hasManifest(work) {
		return work
	}
	if binary, err := os.Executable(); err == nil {
		beside := filepath.Join(filepath.Dir(binary), "engine")
		if hasManifest(beside) {
			return beside
		}
	}
	return work
}

func hasManifest(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, ManifestFile))
	return err == nil
}
