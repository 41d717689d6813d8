#!/usr/bin/env python3
"""Makes the PDF and DOCX documents of the sample workspace from their sources.

corpus/sources/<folder>/<name>.pdf.md   -> corpus/documents/<folder>/<name>.pdf  and <name>.pdf.yaml
corpus/sources/<folder>/<name>.docx.md  -> corpus/documents/<folder>/<name>.docx and <name>.docx.yaml

A source is front matter and simple Markdown: headings, paragraphs, bullet and numbered lists without nesting, pipe
tables and code blocks; marks for bold, italics and code are dropped. The same source gives the same bytes. Standard
library only.

    make_binaries.py            write what is missing or has changed
    make_binaries.py --check    write nothing; exit 1 when something would be written
"""
import re
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

CORPUS = Path(__file__).resolve().parent.parent


class SourceError(Exception):
    pass


# ---- Markdown -------------------------------------------------------------------------------------------------

BULLET = re.compile(r"[-*] +(.*)")
NUMBER = re.compile(r"(\d+)\. +(.*)")
HEADING = re.compile(r"(#{1,3}) +(.*)")


def plain(text):
    """The text without its inline marks."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", text)
    text = re.sub(r"(?<![\w*])\*([^*\s][^*]*)\*(?!\w)", r"\1", text)
    return text.replace("`", "").strip()


def cells_of(line):
    return [plain(cell.replace(r"\|", "|")) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def front_matter(text, name):
    match = re.match(r"---\n(.*?\n)---\n", text, re.S)
    if not match:
        raise SourceError(f"{name}:1: no front matter between two lines of ---")
    return match.group(1), text[match.end():], text[:match.end()].count("\n")


def blocks_of(body, name, first_line):
    """A list of (kind, value): h1..h3, paragraph, bullets, numbers, table, code."""
    lines = body.split("\n")
    blocks = []
    at = 0
    while at < len(lines):
        line = lines[at]
        where = f"{name}:{first_line + at + 1}"
        if not line.strip():
            at += 1
        elif line.startswith("```"):
            end = next((i for i in range(at + 1, len(lines)) if lines[i].startswith("```")), None)
            if end is None:
                raise SourceError(f"{where}: a code block that does not end")
            blocks.append(("code", lines[at + 1:end]))
            at = end + 1
        elif HEADING.fullmatch(line):
            marks, title = HEADING.fullmatch(line).groups()
            blocks.append((f"h{len(marks)}", plain(title)))
            at += 1
        elif line.startswith("|"):
            rows = []
            while at < len(lines) and lines[at].startswith("|"):
                rows.append(cells_of(lines[at]))
                at += 1
            if len(rows) < 2 or not all(re.fullmatch(r":?-+:?", cell) for cell in rows[1]):
                raise SourceError(f"{where}: a table needs a line of dashes under its first row")
            if any(len(row) != len(rows[0]) for row in rows):
                raise SourceError(f"{where}: every row of a table needs {len(rows[0])} cells")
            blocks.append(("table", [rows[0]] + rows[2:]))
        elif BULLET.fullmatch(line) or NUMBER.fullmatch(line):
            pattern, kind = (BULLET, "bullets") if BULLET.fullmatch(line) else (NUMBER, "numbers")
            items = []
            while at < len(lines) and lines[at].strip():
                match = pattern.fullmatch(lines[at])
                if match:
                    items.append(match.groups()[-1])
                elif lines[at].startswith(" ") and not BULLET.fullmatch(lines[at].strip()):
                    items[-1] += " " + lines[at].strip()
                else:
                    raise SourceError(f"{name}:{first_line + at + 1}: lists cannot be nested or mixed here")
                at += 1
            blocks.append((kind, [plain(item) for item in items]))
        elif line.startswith((" ", "\t", "<", "#", ">")):
            raise SourceError(f"{where}: this Markdown is not supported in a source: {line[:40]}")
        else:
            words = []
            while at < len(lines) and lines[at].strip() and not lines[at].startswith(("|", "```", "#")):
                words.append(lines[at].strip())
                at += 1
            blocks.append(("paragraph", plain(" ".join(words))))
    return blocks


# ---- PDF --------------------------------------------------------------------------------------------------------

# Advance widths of the base-14 fonts, in thousandths of the size, for the codes 32 to 126.
HELVETICA = [int(w) for w in """278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556
556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722
667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556
556 333 500 278 556 500 722 500 500 500 334 260 334 584""".split()]
HELVETICA_BOLD = [int(w) for w in """278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556
556 556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722
667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611
611 389 556 333 611 556 778 556 556 500 389 280 389 584""".split()]
# Above ASCII: (character, width, bold width) of WinAnsiEncoding.
OTHERS = {"£": (556, 556), "€": (556, 556), "–": (556, 556), "—": (1000, 1000), "‘": (222, 278), "’": (222, 278),
          "“": (333, 500), "”": (333, 500), "…": (1000, 1000), "•": (350, 350), "§": (556, 556), "×": (584, 584),
          "°": (400, 400), "±": (584, 584), "·": (278, 278), "é": (556, 556), "è": (556, 556), "ö": (556, 611),
          "ü": (556, 611), "ä": (556, 556), "ß": (611, 611), "½": (834, 834), "%": (889, 889)}
# Not in WinAnsiEncoding, but in the fonts: put on codes that are free there, by glyph name.
EXTRA = {"ń": (0x81, "nacute", 556, 611), "ó": (0xF3, "oacute", 556, 611), "ł": (0x8D, "lslash", 222, 278)}

PAGE_WIDTH, PAGE_HEIGHT, MARGIN, BOTTOM = 595, 842, 62, 72
BODY, LEADING = 10.5, 14.5
HEADINGS = {"h1": (20, 26), "h2": (14.5, 20), "h3": (12, 17)}
CELL_SIZE, CELL_LEADING, PADDING = 9.5, 12.5, 5


def encoded(text, name):
    out = bytearray()
    for char in text:
        if char in EXTRA:
            out.append(EXTRA[char][0])
            continue
        try:
            out += char.encode("cp1252")
        except UnicodeEncodeError:
            raise SourceError(f"{name}: the fonts of the PDF have no '{char}'") from None
    return bytes(out)


def width_of(text, size, bold=False):
    table = HELVETICA_BOLD if bold else HELVETICA
    total = 0
    for char in text:
        if 32 <= ord(char) <= 126:
            total += table[ord(char) - 32]
        elif char in EXTRA:
            total += EXTRA[char][3 if bold else 2]
        else:
            total += OTHERS.get(char, (600, 620))[1 if bold else 0]
    return total * size / 1000


def wrapped(text, size, width, bold=False):
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size, bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return lines + [line] if line else lines or [""]


class PdfWriter:
    def __init__(self, name, footer):
        self.name = name
        self.footer = footer
        self.pages = []
        self.y = 0
        self.new_page()

    def new_page(self):
        self.pages.append([])
        self.y = PAGE_HEIGHT - MARGIN

    def room(self, height):
        if self.y - height < BOTTOM:
            self.new_page()

    def text(self, x, y, text, size, bold=False):
        data = encoded(text, self.name)
        shown = b"".join(b"\\" + bytes([c]) if c in b"()\\" else bytes([c]) if c < 127 else b"\\%03o" % c for c in data)
        font = b"F2" if bold else b"F1"
        self.pages[-1].append(b"BT /%s %s Tf %.2f %.2f Td (%s) Tj ET" % (font, b"%g" % size, x, y, shown))

    def rule(self, x1, y1, x2, y2, width=0.5):
        self.pages[-1].append(b"%.2f w %.2f %.2f m %.2f %.2f l S" % (width, x1, y1, x2, y2))

    def heading(self, kind, text, keep):
        size, leading = HEADINGS[kind]
        lines = wrapped(text, size, PAGE_WIDTH - 2 * MARGIN, bold=True)
        at_top = self.y > PAGE_HEIGHT - MARGIN - 1
        gap = 0 if at_top else leading * 0.6
        self.room(gap + len(lines) * leading + keep)  # a heading does not stand alone at the foot of a page
        if self.y <= PAGE_HEIGHT - MARGIN - 1:
            self.y -= gap
        for line in lines:
            self.y -= leading
            self.text(MARGIN, self.y, line, size, bold=True)
        self.y -= leading * 0.25

    def paragraph(self, text, indent=0, marker=""):
        lines = wrapped(text, BODY, PAGE_WIDTH - 2 * MARGIN - indent)
        for number, line in enumerate(lines):
            self.room(LEADING * (2 if number == 0 and len(lines) > 1 else 1))
            self.y -= LEADING
            if number == 0 and marker:
                self.text(MARGIN + indent - width_of(marker, BODY) - 5, self.y, marker, BODY)
            self.text(MARGIN + indent, self.y, line, BODY)

    def column_widths(self, rows):
        total = PAGE_WIDTH - 2 * MARGIN
        count = len(rows[0])
        natural = [max(width_of(row[i], CELL_SIZE, row is rows[0]) for row in rows) + 2 * PADDING for i in range(count)]
        least = [max(width_of(word, CELL_SIZE, True) for row in rows for word in row[i].split() or [""]) + 2 * PADDING
                 for i in range(count)]
        if sum(natural) <= total:
            return [w * total / sum(natural) for w in natural]
        spare = total - sum(least)
        if spare < 0:
            raise SourceError(f"{self.name}: a table is too wide for the page")
        wish = [n - l for n, l in zip(natural, least)]
        return [l + spare * w / sum(wish) for l, w in zip(least, wish)]

    def table(self, rows):
        widths = self.column_widths(rows)
        left = [MARGIN + sum(widths[:i]) for i in range(len(widths) + 1)]
        self.y -= 6
        for number, row in enumerate(rows):
            bold = number == 0
            wrapped_cells = [wrapped(cell, CELL_SIZE, w - 2 * PADDING, bold) for cell, w in zip(row, widths)]
            height = max(len(lines) for lines in wrapped_cells) * CELL_LEADING + 2 * PADDING - 2
            self.room(height * (2 if bold else 1))
            top = self.y
            self.y -= height
            for x, lines in zip(left, wrapped_cells):
                for i, line in enumerate(lines):
                    self.text(x + PADDING, top - PADDING - CELL_SIZE * 0.85 - i * CELL_LEADING, line, CELL_SIZE, bold)
            for y in (top, self.y):
                self.rule(left[0], y, left[-1], y, 1 if bold else 0.5)
            for x in left:
                self.rule(x, top, x, self.y)
        self.y -= 8

    def code(self, lines):
        self.y -= 4
        for line in lines:
            self.room(LEADING)
            self.y -= 12.5
            self.pages[-1].append(b"BT /F3 9 Tf %.2f %.2f Td (%s) Tj ET" % (
                MARGIN + 10, self.y, re.sub(rb"([()\\])", rb"\\\1", encoded(line, self.name))))
        self.y -= 6

    def footers(self):
        for number, page in enumerate(self.pages, 1):
            self.pages.append(page)  # text() writes to the last page
            right = f"Page {number} of {len(self.pages) - 1}"
            self.text(MARGIN, 40, self.footer, 8)
            self.text(PAGE_WIDTH - MARGIN - width_of(right, 8), 40, right, 8)
            self.pages.pop()

    def bytes(self, title):
        self.footers()
        count = len(self.pages)
        differences = b" ".join(b"%d /%s" % (code, glyph.encode()) for code, glyph, _, _ in EXTRA.values())
        encoding = b"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [%s] >>" % differences
        kids = b" ".join(b"%d 0 R" % (7 + 2 * i) for i in range(count))
        quoted = b"".join(b"\\%03o" % c for c in encoded(title, self.name))
        objects = [b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
                   b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)]
        objects += [b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding %s >>" % (font, encoding)
                    for font in (b"Helvetica", b"Helvetica-Bold", b"Courier")]
        objects.append(b"<< /Title (%s) /Producer (Tarnwick Bank document service) >>" % quoted)
        for i, page in enumerate(self.pages):
            stream = b"\n".join(page)
            objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << "
                           b"/F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>" % (PAGE_WIDTH, PAGE_HEIGHT, 8 + 2 * i))
            objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        out = BytesIO()
        out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, content in enumerate(objects, 1):
            offsets.append(out.tell())
            out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        start = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
        out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
        out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
        return out.getvalue()


def make_pdf(blocks, keys, name):
    pdf = PdfWriter(name, f"{keys['id']} version {keys['version']} ({keys.get('classification', 'Internal')})")
    for kind, value in blocks:
        if kind in HEADINGS:
            pdf.heading(kind, value, keep=3 * LEADING)
        elif kind == "paragraph":
            pdf.paragraph(value)
            pdf.y -= 7
        elif kind in ("bullets", "numbers"):
            for number, item in enumerate(value, 1):
                pdf.paragraph(item, indent=20, marker="•" if kind == "bullets" else f"{number}.")
                pdf.y -= 3
            pdf.y -= 5
        elif kind == "table":
            pdf.table(value)
        else:
            pdf.code(value)
    return pdf.bytes(keys["title"])


# ---- DOCX -------------------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENT_TYPES = XML + """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT_RELS = XML + f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"""
DOCUMENT_RELS = XML + f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{OFFICE}/numbering" Target="numbering.xml"/>
</Relationships>"""


def docx_styles():
    def style(ident, name, based, paragraph, run):
        return (f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/>'
                f'<w:basedOn w:val="{based}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>')

    heads = "".join(
        style(f"Heading{level}", f"heading {level}", "Normal",
              f'<w:keepNext/><w:spacing w:before="{before}" w:after="80"/><w:outlineLvl w:val="{level - 1}"/>',
              f'<w:b/><w:sz w:val="{size}"/>')
        for level, before, size in ((1, 0, 40), (2, 240, 29), (3, 180, 24)))
    lists = "".join(style(ident, name, "Normal", '<w:spacing w:after="60"/>', "")
                    for ident, name in (("ListBullet", "List Bullet"), ("ListNumber", "List Number")))
    return (XML + f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'
            '<w:sz w:val="21"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
            f'<w:pPr><w:spacing w:after="140"/></w:pPr></w:style>{heads}{lists}'
            + style("Code", "Code", "Normal", '<w:spacing w:after="0"/>',
                    '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/><w:sz w:val="18"/>')
            + '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
            + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
                      for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
            + "</w:tblBorders></w:tblPr></w:style></w:styles>")


def docx_numbering(lists):
    """Bullets are number 1; every numbered list has a number of its own, so that it starts at 1."""
    def abstract(ident, form, text):
        return (f'<w:abstractNum w:abstractNumId="{ident}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
                f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
                '<w:pPr><w:ind w:left="400" w:hanging="400"/></w:pPr></w:lvl></w:abstractNum>')

    numbered = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
                       '<w:startOverride w:val="1"/></w:lvlOverride></w:num>' for n in range(2, 2 + lists))
    return (XML + f"<w:numbering {W}>" + abstract(0, "bullet", "•") + abstract(1, "decimal", "%1.")
            + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>' + numbered + "</w:numbering>")


def docx_paragraph(text, style="", number=0, bold=False):
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{properties}<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx_table(rows):
    width = 9000 // len(rows[0])
    out = ('<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>'
           + f'<w:gridCol w:w="{width}"/>' * len(rows[0]) + "</w:tblGrid>")
    for number, row in enumerate(rows):
        header = "<w:trPr><w:tblHeader/></w:trPr>" if number == 0 else ""
        out += f"<w:tr>{header}" + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{docx_paragraph(cell, bold=number == 0)}</w:tc>'
            for cell in row) + "</w:tr>"
    return out + "</w:tbl>" + "<w:p/>"


def make_docx(blocks, keys):
    body, lists = "", 0
    for kind, value in blocks:
        if kind in HEADINGS:
            body += docx_paragraph(value, f"Heading{kind[1]}")
        elif kind == "paragraph":
            body += docx_paragraph(value)
        elif kind == "bullets":
            body += "".join(docx_paragraph(item, "ListBullet", 1) for item in value)
        elif kind == "numbers":
            lists += 1
            body += "".join(docx_paragraph(item, "ListNumber", 1 + lists) for item in value)
        elif kind == "table":
            body += docx_table(value)
        else:
            body += "".join(docx_paragraph(line, "Code") for line in value)
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1240" w:right="1240" w:bottom="1240" ' \
           'w:left="1240" w:header="700" w:footer="700" w:gutter="0"/></w:sectPr>'
    core = (XML + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:title>{escape(keys["title"])}</dc:title><dc:creator>{escape(keys["owner"])}</dc:creator>'
            "</cp:coreProperties>")
    parts = {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": ROOT_RELS,
             "word/document.xml": XML + f"<w:document {W}><w:body>{body}{page}</w:body></w:document>",
             "word/_rels/document.xml.rels": DOCUMENT_RELS, "word/styles.xml": docx_styles(),
             "word/numbering.xml": docx_numbering(lists), "docProps/core.xml": core}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content.encode())
    return out.getvalue()


# ---- The whole --------------------------------------------------------------------------------------------------

def outputs_of(source):
    """[(path, bytes)] that the source stands for."""
    name = str(source.relative_to(CORPUS))
    matter, body, lines = front_matter(source.read_text(encoding="utf-8"), name)
    keys = dict(re.findall(r'^(\w+): *"?(.*?)"?$', matter, re.M))
    for key in ("id", "title", "owner", "version"):
        if not keys.get(key):
            raise SourceError(f"{name}:1: the front matter lacks '{key}'")
    blocks = blocks_of(body, name, lines)
    target = CORPUS / "documents" / source.parent.relative_to(CORPUS / "sources") / source.stem
    content = make_pdf(blocks, keys, name) if target.suffix == ".pdf" else make_docx(blocks, keys)
    return [(target, content), (target.with_name(target.name + ".yaml"), matter.encode())]


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    sources = sorted(p for p in (CORPUS / "sources").rglob("*.md") if p.stem.endswith((".pdf", ".docx")))
    changed = 0
    try:
        for source in sources:
            for path, content in outputs_of(source):
                if path.exists() and path.read_bytes() == content:
                    continue
                changed += 1
                print(("out of date: " if check else "wrote ") + str(path.relative_to(CORPUS)))
                if not check:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
    except SourceError as error:
        sys.exit(f"error: {error}")
    print(f"{len(sources)} sources, {changed} files {'out of date' if check else 'written'}")
    sys.exit(1 if check and changed else 0)


if __name__ == "__main__":
    main()
