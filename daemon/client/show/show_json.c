/* show_json.c — a message's fields as JSON. */
#include "client/show/show.h"

#include "client/member.h"

static const char *const kinds[] = {
    [DISSECT_LAYER] = "layer",
    [DISSECT_GROUP] = "group",
    [DISSECT_FIELD] = "field",
    [DISSECT_PART] = "part",
};

static json_t *
field_json(const struct dissect *dissection, const struct dissect_field *field)
{
	struct span value = dissect_value(dissection, field);
	struct span meaning = dissect_meaning(dissection, field);
	json_t *json = json_object();

	member_text(json, "kind", kinds[field->kind]);
	member_number(json, "depth", field->depth);
	member_text(json, "name", field->name);
	member_number(json, "at", field->at);
	member_number(json, "length", field->len);
	if (value.len > 0)
		member_bytes(json, "value", value);
	if (meaning.len > 0)
		member_bytes(json, "meaning", meaning);
	if (field->rfc != NULL)
		member_text(json, "rfc", field->rfc);
	if (field->style == STYLE_BAD)
		json_object_set_new(json, "malformed", json_true());
	return json;
}

json_t *
show_json(const struct dissect *dissection)
{
	json_t *array = json_array();

	for (size_t i = 0; i < dissection->count; i++)
		json_array_append_new(
		    array, field_json(dissection, &dissection->fields[i]));
	return array;
}
