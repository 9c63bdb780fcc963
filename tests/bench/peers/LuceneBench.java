import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHitCountCollector;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.MMapDirectory;

/**
 * LuceneBench index INDEX ARTICLES.tsv | queries INDEX QUERIES.tsv | one INDEX QUERY
 *
 * One searchable field holds headline and text, a gap between them, as the other contestants search both.
 */
public final class LuceneBench {
  private static final int TOP = 10;
  private static final int THREADS = 2;
  private static final int BATCH = 200; // articles handed to a thread at a time
  private static final List<String> NO_MORE = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "index": index(args[1], args[2]); break;
      case "queries": new LuceneBench(args[1]).answer(args[2]); break;
      case "one": new LuceneBench(args[1]).show(args[2]); break;
      default: throw new IllegalArgumentException(args[0]);
    }
  }

  /** English, with a gap between headline and text, so that no phrase reaches from one into the other. */
  private static Analyzer analyzer() {
    Analyzer english = new EnglishAnalyzer();
    return new AnalyzerWrapper(Analyzer.GLOBAL_REUSE_STRATEGY) {
      @Override
      protected Analyzer getWrappedAnalyzer(String field) {
        return english;
      }

      @Override
      public int getPositionIncrementGap(String field) {
        return 100;
      }
    };
  }

  // Indexing

  private static void index(String path, String articles) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(analyzer()).setRAMBufferSizeMB(256);
    try (MMapDirectory directory = new MMapDirectory(Paths.get(path)); IndexWriter writer = new IndexWriter(directory, config)) {
      ArrayBlockingQueue<List<String>> queue = new ArrayBlockingQueue<>(8);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; ++i) {
        Thread thread = new Thread(() -> take(queue, writer));
        thread.start();
        threads.add(thread);
      }
      try (BufferedReader lines = Files.newBufferedReader(Paths.get(articles))) {
        List<String> batch = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          batch.add(line);
          if (batch.size() == BATCH) {
            queue.put(batch);
            batch = new ArrayList<>();
          }
        }
        queue.put(batch);
        for (int i = 0; i < THREADS; ++i) queue.put(NO_MORE);
      }
      for (Thread thread : threads) thread.join();
    }
  }

  private static void take(ArrayBlockingQueue<List<String>> queue, IndexWriter writer) {
    try {
      FacetsConfig facets = new FacetsConfig();
      facets.setMultiValued("company", true);
      for (List<String> batch = queue.take(); batch != NO_MORE; batch = queue.take())
        for (String line : batch) writer.addDocument(facets.build(document(line.split("\t", -1))));
    } catch (Exception error) {
      error.printStackTrace();
      System.exit(1);
    }
  }

  private static Document document(String[] fields) {
    Document document = new Document();
    document.add(new StoredField("id", fields[0]));
    document.add(new TextField("text", fields[1], Field.Store.YES));
    document.add(new TextField("text", fields[2], Field.Store.YES));
    int day = (int) (Long.parseLong(fields[3]) / 86400);
    document.add(new IntPoint("day", day));
    document.add(new NumericDocValuesField("day", day));
    if (!fields[4].isEmpty())
      for (String company : fields[4].split(",")) document.add(new SortedSetDocValuesFacetField("company", company));
    return document;
  }

  // Searching

  private final IndexSearcher searcher;
  private final SortedSetDocValuesReaderState companies;
  private final UnifiedHighlighter highlighter;
  private final Analyzer analyzer = analyzer();

  private LuceneBench(String path) throws Exception {
    DirectoryReader reader = DirectoryReader.open(new MMapDirectory(Paths.get(path)));
    searcher = new IndexSearcher(reader);
    companies = new DefaultSortedSetDocValuesReaderState(reader);
    highlighter = new UnifiedHighlighter(searcher, analyzer);
  }

  private void answer(String queriesPath) throws Exception {
    List<Query> queries = new ArrayList<>();
    for (String line : Files.readAllLines(Paths.get(queriesPath))) queries.add(parse(line));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean(); // the process's own clock ticks only every 10 ms
    BufferedReader modes = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String mode = modes.readLine(); mode != null; mode = modes.readLine()) {
      StringBuilder took = new StringBuilder();
      StringBuilder cpuTook = new StringBuilder();
      StringBuilder totals = new StringBuilder();
      for (Query query : queries) {
        long cpu = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        int total = ask(query, mode);
        took.append(took.length() == 0 ? "" : ",").append((System.nanoTime() - start) / 1000.0);
        cpuTook.append(cpuTook.length() == 0 ? "" : ",").append((threads.getCurrentThreadCpuTime() - cpu) / 1000.0);
        totals.append(totals.length() == 0 ? "" : ",").append(total < 0 ? "null" : Integer.toString(total));
      }
      System.out.println("{\"us\":[" + took + "],\"cpu_us\":[" + cpuTook + "],\"totals\":[" + totals + "]}");
    }
  }

  private void show(String line) throws Exception {
    for (ScoreDoc hit : searcher.search(parse(line), TOP).scoreDocs)
      System.out.println(String.join("\n", searcher.doc(hit.doc).getValues("text")));
  }

  /** The number of results, -1 where it was not asked for. */
  private int ask(Query query, String mode) throws Exception {
    if (!mode.equals("counts")) {
      TopDocs top = searcher.search(query, TOP);
      if (mode.equals("snippets")) highlighter.highlight("text", query, top, 2);
      else read(top);
      return -1;
    }
    // Pruned for the ten, and once more without scores for the counts: faster than one pass that scores everything.
    read(searcher.search(query, TOP));
    TotalHitCountCollector count = new TotalHitCountCollector();
    FacetsCollector matched = new FacetsCollector();
    searcher.search(query, MultiCollector.wrap(count, matched));
    new SortedSetDocValuesFacetCounts(companies, matched).getTopChildren(TOP, "company");
    return count.getTotalHits();
  }

  private void read(TopDocs top) throws Exception {
    for (ScoreDoc hit : top.scoreDocs)
      if (searcher.doc(hit.doc).getValues("text").length == 0) throw new IllegalStateException("no stored text");
  }

  private Query parse(String line) throws Exception {
    String[] fields = line.split("\t", -1);
    String[] words = fields[1].split(" ");
    if (fields[0].equals("phrase")) {
      PhraseQuery.Builder phrase = new PhraseQuery.Builder();
      for (String word : words) phrase.add(term(word));
      return phrase.build();
    }
    BooleanClause.Occur occur = fields[0].equals("or") ? BooleanClause.Occur.SHOULD : BooleanClause.Occur.MUST;
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String word : words) query.add(new TermQuery(term(word)), occur);
    if (!fields[2].isEmpty())
      query.add(IntPoint.newRangeQuery("day", day(fields[2]), day(fields[3])), BooleanClause.Occur.FILTER);
    return query.build();
  }

  private Term term(String word) throws Exception {
    try (TokenStream tokens = analyzer.tokenStream("text", word)) {
      CharTermAttribute text = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      String term = tokens.incrementToken() ? text.toString() : word;
      tokens.end();
      return new Term("text", term);
    }
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }
}
