import { crc32 } from "node:zlib"

/**
 * What one checksum covers, and what is read at a time. A random look-up reads and checks a whole chunk: 64 KiB cost
 * about 10 us to copy from the system's cache and 27 us to check (zlib's CRC-32 runs at 2.4 GB/s), no more than a
 * disk takes to find the place. Smaller chunks would save little of that and cost more checksums and more pages to
 * keep; at 64 KiB the checksums are 1/16384 of the data, 1 MB for 16 GB. A power of two, so that no value of 1, 2, 4
 * or 8 bytes lies across an edge.
 */
export const CHUNK_BYTES = 65_536

export function chunksIn(bytes: number): number {
  return Math.ceil(bytes / CHUNK_BYTES)
}

/** CRC-32 of each chunk of `bytes`, which begins at the edge of one, as they stand in a `.crc` file. */
export function checksumsOf(bytes: Uint8Array): Uint8Array {
  const count = chunksIn(bytes.length)
  const sums = new DataView(new ArrayBuffer(count * 4))
  for (let chunk = 0; chunk < count; chunk++) {
    const start = chunk * CHUNK_BYTES
    sums.setUint32(chunk * 4, crc32(bytes.subarray(start, start + CHUNK_BYTES)), true)
  }
  return new Uint8Array(sums.buffer)
}
