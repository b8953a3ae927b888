/* qotd_load.c — the file of quotes → struct qotd_set. */
#include "services/qotd/qotd_load.h"

#include "core/file_text.h"
#include "services/qotd/qotd_builtin.h"
#include "services/qotd/qotd_set.h"
#include "services/qotd/qotd_text.h"

#include <stdlib.h>
#include <string.h>

enum {
	FILE_SIZE_MAX = 4 << 20, /* bytes: tens of thousands of quotes */
	/* Told of one file: a wrong one has a mistake in each quote. */
	FAULTS_MAX = 20,
};

cfg_opt_t qotd_load_options[] = {
    CFG_STR("qotd_file", NULL, CFGF_NONE),
    CFG_END(),
};

/* The quotes on their way. */
struct job {
	struct service_load *load;
	const char *path; /* "": the built-in ones */
	uint8_t *bytes;   /* of the quotes, one behind the other; owned */
	size_t used;
	struct qotd_set_entry *entries; /* offsets in BYTES; owned */
	uint32_t count;
	unsigned faults;
};

static void
tell_key(const struct service_load *load, const char *path, const char *fault)
{
	conf_error(conf_report(load->conf), conf_file(load->conf),
	    conf_line(load->conf, load->section, "qotd_file", 0), "%s%s%s",
	    path, *path == '\0' ? "" : ": ", fault);
}

static void
tell_quote(struct job *job, unsigned line, const char *fault)
{
	struct report *report = conf_report(job->load->conf);

	job->faults++;
	if (job->faults <= FAULTS_MAX)
		conf_warning(report, job->path, line,
		    "the quote that begins here is left out: %s", fault);
	else if (job->faults == FAULTS_MAX + 1)
		conf_warning(report, job->path, line, "and more of them");
}

static void
take_quote(struct job *job, const struct qotd_text_quote *quote)
{
	uint8_t wire[QOTD_TEXT_MAX];
	size_t len;
	const char *fault = qotd_text_wire(
	    quote->bytes, (struct space){wire, sizeof(wire)}, &len);

	if (fault != NULL) {
		tell_quote(job, quote->line, fault);
		return;
	}
	memcpy(job->bytes + job->used, wire, len);
	job->entries[job->count++] = (struct qotd_set_entry){
	    .offset = (uint32_t)job->used, .len = (uint32_t)len};
	job->used += len;
}

static int
compare(const void *a, const void *b)
{
	const struct qotd_set_entry *one = a, *other = b;

	if (one->len != other->len)
		return one->len < other->len ? -1 : 1;
	return one->offset < other->offset ? -1 : one->offset > other->offset;
}

/* Copies the set to the image. False: no memory. */
static bool
append(const struct job *job)
{
	struct image_writer *image = job->load->image;
	size_t head = sizeof(struct qotd_set) +
	              job->count * sizeof(struct qotd_set_entry);
	size_t at = image_writer_reserve(
	    image, head + job->used, _Alignof(struct qotd_set));

	if (at == SIZE_MAX)
		return false;
	struct qotd_set *set = image_writer_at(image, at);

	set->count = job->count;
	for (uint32_t i = 0; i < job->count; i++)
		set->entries[i] = (struct qotd_set_entry){
		    .offset = (uint32_t)head + job->entries[i].offset,
		    .len = job->entries[i].len,
		};
	memcpy((uint8_t *)set + head, job->bytes, job->used);
	return true;
}

/* Whatever a quote's lines end with, they have two bytes more at most when they
 * are sent, and a tab seven. */
static bool
make_room(struct job *job, struct span text)
{
	size_t quotes = 0, bytes = 0;
	struct qotd_text walk = qotd_text_walk(text);
	struct qotd_text_quote quote;

	while (qotd_text_next(&walk, &quote)) {
		quotes++;
		bytes += QOTD_TEXT_MAX < 8 * quote.bytes.len + 2
		             ? QOTD_TEXT_MAX
		             : 8 * quote.bytes.len + 2;
	}
	job->bytes = malloc(bytes + 1);
	job->entries = calloc(quotes + 1, sizeof(*job->entries));
	return job->bytes != NULL && job->entries != NULL;
}

static void
take_text(struct service_load *load, const char *path, struct span text)
{
	struct job job = {.load = load, .path = path};
	struct qotd_text walk = qotd_text_walk(text);
	struct qotd_text_quote quote;
	bool has_memory = make_room(&job, text);

	while (has_memory && qotd_text_next(&walk, &quote))
		take_quote(&job, &quote);
	if (job.count > 0) {
		qsort(job.entries, job.count, sizeof(job.entries[0]), compare);
		has_memory = append(&job);
	} else if (has_memory) {
		tell_key(load, path, "there is no quote in it");
	}
	if (!has_memory)
		tell_key(load, path, "out of memory");
	free(job.bytes);
	free(job.entries);
}

void
qotd_load(struct service_load *load)
{
	const char *name = cfg_getstr(load->section, "qotd_file");
	char path[PATH_MAX] = "";
	struct file_text file;
	const char *fault;

	if (name == NULL) {
		take_text(load, path,
		    (struct span){
		        (const uint8_t *)qotd_builtin, strlen(qotd_builtin)});
		return;
	}
	if (!conf_path(load->conf, name, path, sizeof(path))) {
		tell_key(load, "", "the path is too long");
		return;
	}
	fault = file_text_load(path, FILE_SIZE_MAX, &file);
	if (fault != NULL) {
		tell_key(load, path, fault);
		return;
	}
	take_text(
	    load, path, (struct span){(const uint8_t *)file.text, file.len});
	file_text_release(&file);
}
