/* http_session_parts.c — the lines before a part, and its bytes. */
#include "services/http/http_session_parts.h"
#include "services/http/http_multipart.h"

#include <assert.h>

void
http_session_parts_begin(struct http_session_parts *parts,
    const struct http_resource *resource, uint64_t tag,
    struct stream_step *first)
{
	*parts = (struct http_session_parts){
	    .size = resource->size,
	    .tag = tag,
	    .type = resource->media_type,
	    .fd = first->body.fd,
	    .next = 1,
	    .after = (uint8_t)first->verdict,
	};
	first->verdict = VERDICT_WRITE;
	first->used = 0;
	first->body.is_kept = true;
}

struct stream_step
http_session_parts_step(struct http_session_parts *parts,
    const struct http_request *request, struct span unread, struct space out)
{
	struct http_multipart multipart = {
	    .size = parts->size, .type = parts->type, .tag = parts->tag};
	struct http_text text = {.space = out};
	struct stream_step step = {
	    .verdict = VERDICT_WRITE,
	    .body = {.fd = -1},
	    .outcome = OUTCOME_NONE, /* counted with the first part */
	};
	enum http_range_result result =
	    http_range_read(request, parts->size, &multipart.ranges);
	unsigned index = parts->next++;

	assert(result == HTTP_RANGE_SOME && index <= multipart.ranges.count);
	http_multipart_write_lines(&multipart, index, &text);
	assert(!text.is_full);
	step.made = text.len;
	if (index == multipart.ranges.count) {
		step.verdict = (enum verdict)parts->after;
		step.used = step.verdict == VERDICT_READ ? request->head_len
		                                         : unread.len;
		return step;
	}
	const struct http_range *range = &multipart.ranges.ranges[index];

	step.body = (struct stream_body){
	    .fd = parts->fd,
	    .offset = range->first,
	    .len = http_range_len(range),
	    .is_kept = index + 1 < multipart.ranges.count,
	};
	if (!step.body.is_kept)
		parts->fd = -1;
	return step;
}
