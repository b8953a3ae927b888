/* get_content.c — where the content of a response goes. */
#include "client/http/get_content.h"

#include "client/complain.h"
#include "client/verb.h"

#include <errno.h>
#include <string.h>

static enum get_content_place
place_of(const struct options *options, const struct screen *screen)
{
	bool is_shown =
	    options->hex != OPTIONS_HEX_OFF || options->is_explained;

	if (options->output != NULL && strcmp(options->output, "-") != 0)
		return GET_CONTENT_FILE;
	if (options->is_json)
		return GET_CONTENT_KEPT;
	if (options->output == NULL && (options->is_short || is_shown))
		return GET_CONTENT_NOWHERE;
	return screen->is_terminal && options->output == NULL
	           ? GET_CONTENT_SCREEN
	           : GET_CONTENT_OUT;
}

static int
file_failed(const struct get_content *content)
{
	return complain(
	    VERB_USAGE, "%s: %s", content->file_name, strerror(errno));
}

int
get_content_open(struct get_content *content, const struct options *options,
    const struct screen *screen)
{
	content->place = place_of(options, screen);
	content->file = stdout;
	content->file_name = options->output;
	content->len = 0;
	content->stream = (struct plain_stream){0};
	if (content->place != GET_CONTENT_FILE)
		return VERB_GOOD;
	content->file = fopen(content->file_name, "we");
	return content->file != NULL ? VERB_GOOD : file_failed(content);
}

/* What fwrite and fflush say of it. */
static int
check_written(const struct get_content *content)
{
	if (ferror(content->file) == 0)
		return VERB_GOOD;
	return content->place == GET_CONTENT_FILE ? file_failed(content)
	                                          : VERB_MALFORMED;
}

static void
keep(struct get_content *content, struct span piece)
{
	if (content->len + piece.len <= sizeof(content->kept))
		memcpy(content->kept + content->len, piece.data, piece.len);
}

int
get_content_take(struct get_content *content, struct span piece)
{
	if (piece.len == 0)
		return VERB_GOOD;
	switch (content->place) {
	case GET_CONTENT_NOWHERE:
		break;
	case GET_CONTENT_KEPT:
		keep(content, piece);
		break;
	case GET_CONTENT_SCREEN:
		plain_stream_write(&content->stream, content->file, piece);
		break;
	case GET_CONTENT_OUT:
	case GET_CONTENT_FILE:
		fwrite(piece.data, 1, piece.len, content->file);
		break;
	}
	content->len += piece.len;
	fflush(content->file);
	return check_written(content);
}

int
get_content_close(struct get_content *content)
{
	if (content->place == GET_CONTENT_SCREEN)
		plain_stream_end(&content->stream, content->file);
	if (content->place != GET_CONTENT_FILE)
		return check_written(content);
	/* get_content_take has complained. */
	int result = ferror(content->file) != 0 ? VERB_USAGE : VERB_GOOD;

	if (fclose(content->file) == EOF && result == VERB_GOOD)
		result = file_failed(content);
	content->file = NULL;
	return result;
}
