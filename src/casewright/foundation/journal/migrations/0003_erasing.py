"""What a destroy erases from the log, and only that: the owner's functions ask for an approved destruction first."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION journal_must_be_destroyed(of_matter bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM matters_destruction WHERE matter_id = of_matter AND approved_by_id IS NOT NULL) THEN
    RAISE EXCEPTION 'words go only with a destruction that two people made' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION journal_erase_words(of_matter bigint) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE gone integer; more integer;
BEGIN
  PERFORM journal_must_be_destroyed(of_matter);
  DELETE FROM journal_entrytext WHERE matter_id = of_matter; GET DIAGNOSTICS gone = ROW_COUNT;
  DELETE FROM journal_fieldhistory WHERE matter_id = of_matter; GET DIAGNOSTICS more = ROW_COUNT;
  RETURN gone + more;
END $$;

-- Searches that name what was destroyed: any of its words, or one of its marks. Their hashes stay.
CREATE FUNCTION journal_erase_searches(of_matter bigint, named text[], marks text[]) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE gone integer;
BEGIN
  PERFORM journal_must_be_destroyed(of_matter);
  DELETE FROM journal_searchwords
  WHERE string_to_array(words::text, ' ') && named OR replace(words::text, ' ', '') = ANY (marks);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
CREATE INDEX journal_searchwords_each ON journal_searchwords USING gin (string_to_array(words::text, ' '));
CREATE INDEX journal_searchwords_mark ON journal_searchwords (replace(words::text, ' ', ''));
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_fields_and_seals")]
    operations = [migrations.RunSQL(FUNCTIONS)]
