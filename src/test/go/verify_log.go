// Verifies a fetched audit log with the packages Go itself verifies its checksum database with, and nothing of ours.
//
// Usage: verify_log FOLDER
//        verify_log BUNDLE VKEY
//
// The folder has the files "checkpoint" and "vkey" (one, Ed25519) and the tiles under their C2SP tlog-tiles paths. Prints the
// number of leaves that were verified; ends with 1 and the reason if anything is not as it was signed. Of a bundle of evidence, the leaves
// and the checkpoint that they are proven to are verified.
package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

type folder string

func (f folder) read(path string) []byte {
	data, err := os.ReadFile(filepath.Join(string(f), path))
	require(err == nil, "%v", err)
	return data
}

// Height, ReadTiles and SaveTiles make the folder a tlog.TileReader, which holds every tile it reads against the tree's root.
func (f folder) Height() int { return tileHeight }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		// Go's own paths name the height of the tiles: tile/8/0/000.
		all = append(all, f.read(strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
	}
	return all, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func main() {
	if len(os.Args) == 3 {
		verifyBundle(os.Args[1], os.Args[2])
		return
	}
	require(len(os.Args) == 2, "usage: verify_log FOLDER | BUNDLE VKEY")
	log := folder(os.Args[1])
	tree := log.checkpoint()
	hashes := tlog.TileHashReader(tree, log)
	for index := int64(0); index < tree.N; {
		for _, entry := range log.entries(index, tree.N) {
			proof, err := tlog.ProveRecord(tree.N, index, hashes)
			require(err == nil, "leaf %d: %v", index, err)
			err = tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry))
			require(err == nil, "leaf %d: %v", index, err)
			index++
		}
	}
	for size := int64(1); size <= tree.N; size++ {
		root, err := tlog.TreeHash(size, hashes)
		require(err == nil, "size %d: %v", size, err)
		proof, err := tlog.ProveTree(tree.N, size, hashes)
		require(err == nil, "size %d: %v", size, err)
		err = tlog.CheckTree(proof, tree.N, tree.Hash, size, root)
		require(err == nil, "size %d: %v", size, err)
	}
	fmt.Println(tree.N)
}

func (f folder) checkpoint() tlog.Tree {
	return open(f.read("checkpoint"), string(f.read("vkey")))
}

func open(checkpoint []byte, vkey string) tlog.Tree {
	verifier, err := note.NewVerifier(strings.TrimSpace(vkey))
	require(err == nil, "vkey: %v", err)
	signed, err := note.Open(checkpoint, note.VerifierList(verifier))
	require(err == nil, "checkpoint: %v", err)
	lines := strings.Split(signed.Text, "\n")
	require(len(lines) == 4 && lines[0] == verifier.Name(), "checkpoint: expected origin, size and root")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	require(err == nil, "checkpoint: %v", err)
	root, err := tlog.ParseHash(lines[2])
	require(err == nil, "checkpoint: %v", err)
	return tlog.Tree{N: size, Hash: root}
}

// A leaf of a bundle, and its C2SP tlog-proof.
type provenLeaf struct{ Entry, Proof string }

func verifyBundle(path, vkey string) {
	data, err := os.ReadFile(path)
	require(err == nil, "%v", err)
	var bundle struct{ Leaves, History []provenLeaf }
	require(json.Unmarshal(data, &bundle) == nil, "expected JSON")
	leaves := append(bundle.Leaves, bundle.History...)
	for number, leaf := range leaves {
		parts := strings.SplitN(leaf.Proof, "\n\n", 2)
		require(len(parts) == 2, "leaf %d: expected a proof and a checkpoint", number)
		lines := strings.Split(parts[0], "\n")
		require(len(lines) >= 2 && lines[0] == "c2sp.org/tlog-proof@v1", "leaf %d: expected a tlog-proof", number)
		index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
		require(err == nil, "leaf %d: %v", number, err)
		var proof tlog.RecordProof
		for _, line := range lines[2:] {
			hash, err := tlog.ParseHash(line)
			require(err == nil, "leaf %d: %v", number, err)
			proof = append(proof, hash)
		}
		tree := open([]byte(parts[1]), vkey)
		err = tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash([]byte(leaf.Entry)))
		require(err == nil, "leaf %d: %v", number, err)
	}
	fmt.Println(len(leaves))
}

// The entries of the bundle that begins with this index: each with its length before it.
func (f folder) entries(index, size int64) [][]byte {
	width := 1 << tileHeight
	if size-index < int64(width) {
		width = int(size - index)
	}
	tile := tlog.Tile{H: tileHeight, L: 0, N: index >> tileHeight, W: width}
	bundle := f.read(strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1))
	var entries [][]byte
	for len(bundle) > 0 {
		require(len(bundle) >= 2, "entries from %d: cut off", index)
		length := int(binary.BigEndian.Uint16(bundle))
		require(len(bundle) >= 2+length, "entries from %d: cut off", index)
		entries = append(entries, bundle[2:2+length])
		bundle = bundle[2+length:]
	}
	require(len(entries) == width, "entries from %d: expected %d, found %d", index, width, len(entries))
	return entries
}

func require(isMet bool, format string, arguments ...interface{}) {
	if !isMet {
		fmt.Fprintf(os.Stderr, format+"\n", arguments...)
		os.Exit(1)
	}
}
