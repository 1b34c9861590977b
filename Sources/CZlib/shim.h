#pragma once
// zlib, and what Swift cannot call: macros with arguments. Raw deflate without header or checksum (RFC 1951) on connections.
#include <zlib.h>

static inline int czlib_begin_deflate(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}

// A file with header and checksum (RFC 1952).
static inline int czlib_begin_gzip(z_stream *stream) {
    return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
}

static inline int czlib_begin_inflate(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }
