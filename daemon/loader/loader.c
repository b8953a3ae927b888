/* loader.c — configuration and zone files → sealed image, in this process. */
#include "loader/loader.h"
#include "loader/loader_conf.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct loaded nothing = {.image_fd = -1};

/* One build on its way. */
struct build {
	struct loader_grammar grammar;
	struct conf *conf;
	const struct image *old;
	struct image_writer writer;
	struct loaded *out;
};

static bool
write_settings(struct build *build, const struct loader_table *table)
{
	struct image_writer *writer = &build->writer;

	if (!image_writer_begin(writer))
		return false;
	size_t offset = image_writer_reserve(
	    writer, sizeof(struct settings), _Alignof(struct settings));

	if (offset == SIZE_MAX)
		return false;
	loader_conf_settings(
	    build->conf, table, image_writer_at(writer, offset));
	image_writer_end(writer, IMAGE_PART_SETTINGS);
	return true;
}

/* Lets service INDEX write its part. One that is not in the file has none. */
static bool
write_service(struct build *build, unsigned index)
{
	const struct service *service = services[index];
	cfg_t *section = loader_conf_section(build->conf, service);
	unsigned part = IMAGE_PART_SERVICE + index;

	if (section == NULL || service->load == NULL)
		return true;
	struct service_load load = {
	    .section = section,
	    .conf = build->conf,
	    .image = &build->writer,
	    .files = build->out->files[index],
	};

	if (build->old != NULL)
		load.old = image_part(build->old, part);
	if (!image_writer_begin(&build->writer))
		return false;
	service->load(&load);
	assert(load.file_count <= HERITAGE_FILE_MAX);
	build->out->file_count[index] = load.file_count;
	image_writer_end(&build->writer, part);
	return true;
}

/* The image of what has been parsed. Goes on behind mistakes, so that all of
 * them are told at once. */
static bool
write_image(struct build *build, struct report *report)
{
	const struct loader_table table = {services, services_count};
	bool is_written =
	    image_writer_open(&build->writer) && write_settings(build, &table);

	for (unsigned i = 0; is_written && i < services_count; i++)
		is_written = write_service(build, i);
	if (is_written && report->errors == 0) {
		build->out->image_fd = image_writer_seal(&build->writer);
		is_written = build->out->image_fd != -1;
	}
	if (!is_written)
		conf_error(report, conf_file(build->conf), 0,
		    "no memory for the data to serve: %s", strerror(errno));
	image_writer_abort(&build->writer);
	return is_written && report->errors == 0;
}

bool
loader_build(const char *file, const struct image *old, struct report *report,
    struct loaded *out)
{
	const struct loader_table table = {services, services_count};
	struct build *build = calloc(1, sizeof(*build));
	bool is_built = false;

	*out = nothing;
	if (build == NULL) {
		conf_error(report, file, 0, "%s", strerror(errno));
		return false;
	}
	build->old = old;
	build->out = out;
	build->writer.fd = -1;
	loader_conf_grammar(&build->grammar, &table);
	build->conf = conf_open(file, build->grammar.top, report);
	if (build->conf != NULL)
		is_built = write_image(build, report);
	conf_close(build->conf);
	free(build);
	if (!is_built)
		loader_release(out);
	return is_built;
}

void
loader_release(struct loaded *loaded)
{
	if (loaded->image_fd != -1)
		close(loaded->image_fd);
	for (unsigned i = 0; i < STATS_SERVICE_MAX; i++)
		for (size_t j = 0; j < loaded->file_count[i]; j++)
			close(loaded->files[i][j]);
	*loaded = nothing;
}
