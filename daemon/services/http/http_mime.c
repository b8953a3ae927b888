/* http_mime.c — the media types of what a lab's web site holds. */
#include "services/http/http_mime.h"

#include <stdbool.h>
#include <string.h>

/* By extension. Text is UTF-8 unless the file says otherwise itself. */
static const struct http_mime built_in[] = {
    {"7z", "application/x-7z-compressed"},
    {"apng", "image/apng"},
    {"atom", "application/atom+xml"},
    {"avif", "image/avif"},
    {"bmp", "image/bmp"},
    {"bz2", "application/x-bzip2"},
    {"c", "text/plain; charset=utf-8"},
    {"cer", "application/pkix-cert"},
    {"conf", "text/plain; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"deb", "application/vnd.debian.binary-package"},
    {"epub", "application/epub+zip"},
    {"flac", "audio/flac"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"h", "text/plain; charset=utf-8"},
    {"htm", "text/html; charset=utf-8"},
    {"html", "text/html; charset=utf-8"},
    {"ico", "image/vnd.microsoft.icon"},
    {"ics", "text/calendar; charset=utf-8"},
    {"iso", "application/octet-stream"},
    {"jar", "application/java-archive"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript; charset=utf-8"},
    {"json", "application/json"},
    {"jsonld", "application/ld+json"},
    {"log", "text/plain; charset=utf-8"},
    {"m4a", "audio/mp4"},
    {"m4v", "video/mp4"},
    {"map", "application/json"},
    {"md", "text/markdown; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"mkv", "video/x-matroska"},
    {"mov", "video/quicktime"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"mpeg", "video/mpeg"},
    {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"oga", "audio/ogg"},
    {"ogg", "audio/ogg"},
    {"ogv", "video/ogg"},
    {"opus", "audio/ogg"},
    {"otf", "font/otf"},
    {"pcap", "application/vnd.tcpdump.pcap"},
    {"pdf", "application/pdf"},
    {"pem", "application/x-pem-file"},
    {"png", "image/png"},
    {"py", "text/x-python; charset=utf-8"},
    {"rss", "application/rss+xml"},
    {"rtf", "application/rtf"},
    {"sh", "text/x-sh; charset=utf-8"},
    {"svg", "image/svg+xml; charset=utf-8"},
    {"tar", "application/x-tar"},
    {"tgz", "application/gzip"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"ttf", "font/ttf"},
    {"txt", "text/plain; charset=utf-8"},
    {"vtt", "text/vtt; charset=utf-8"},
    {"wasm", "application/wasm"},
    {"wav", "audio/x-wav"},
    {"weba", "audio/webm"},
    {"webm", "video/webm"},
    {"webmanifest", "application/manifest+json"},
    {"webp", "image/webp"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"xhtml", "application/xhtml+xml; charset=utf-8"},
    {"xml", "application/xml; charset=utf-8"},
    {"xz", "application/x-xz"},
    {"yaml", "application/yaml"},
    {"yml", "application/yaml"},
    {"zip", "application/zip"},
    {"zone", "text/dns; charset=utf-8"},
    {"zst", "application/zstd"},
};

/* What follows the last dot of NAME, lower-case. False: nothing does, or it is
 * longer than any that is known. */
static bool
extension_of(struct span name, char extension[HTTP_MIME_EXTENSION_MAX])
{
	size_t start = name.len;

	while (start > 0 && name.data[start - 1] != '.' &&
	       name.data[start - 1] != '/')
		start--;
	size_t len = name.len - start;

	if (start == 0 || name.data[start - 1] != '.' || len == 0 ||
	    len >= HTTP_MIME_EXTENSION_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		uint8_t byte = name.data[start + i];

		extension[i] =
		    (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
	}
	extension[len] = '\0';
	return true;
}

/* NULL: MIMES do not have it. */
static const char *
find(const struct http_mime *mimes, size_t count, const char *extension)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(extension, mimes[middle].extension);

		if (order == 0)
			return mimes[middle].type;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *
http_mime_type(const struct http_mimes *mimes, struct span name)
{
	char extension[HTTP_MIME_EXTENSION_MAX];
	const char *type = NULL;

	if (extension_of(name, extension)) {
		type = find(mimes->list, mimes->count, extension);
		if (type == NULL)
			type = find(built_in,
			    sizeof(built_in) / sizeof(built_in[0]), extension);
	}
	return type != NULL ? type : "application/octet-stream";
}
