"""Personal names and places of many cultures, to vary the names of training sentences. Facts, written for this file."""

GIVEN = """Amina Fatima Yusuf Ibrahim Khalid Omar Layla Zainab Hassan Hussein Mahmoud Abdul Karim Nasser Samir Tariq Walid Rania Nadia
Jamal Farid Ahmed Mohammed Mustafa Ali Reza Mehdi Hamid Javad Parviz Shirin Farah Dariush Kaveh Behrouz Golnar Emre Mehmet Ayse
Fatma Kemal Orhan Selim Deniz Levent Giorgi Nino Tamar Levan Armen Anahit Tigran Aram Aliyev Rashad Nurlan Aigul Bakyt Timur Rustam Dilshod
Ravi Priya Anil Sunita Rajesh Lakshmi Arjun Meera Vijay Suresh Kavita Deepak Narendra Indira Mohan Imran Bilal Ayesha Asif Nawaz
Sanjay Anjali Kamal Dinesh Nimal Chandrika Mahinda Tenzin Dorji Bishnu Prakash Sher Wei Li Xin Jun Ming Hui Yan Jing Feng
Guang Hiroshi Yuki Kenji Akiko Takashi Haruka Naoki Sachiko Ji-hoon Min-jun Soo-jin Hye Kyung Seung Nguyen Linh Minh Thanh Hoa Tuan
Sok Vanna Somchai Anong Prayut Siti Budi Agus Dewi Joko Sri Wahyu Maria Jose Ramon Corazon Benigno Liza Kofi Kwame Ama Akua
Chidi Ngozi Emeka Chinedu Adaeze Oluwaseun Babatunde Folake Yemi Tunde Sani Aliyu Musa Halima Wanjiru Kamau Njoroge Otieno Achieng
Kiprono Jakaya Amani Neema Juma Thabo Sipho Nomsa Lindiwe Mandla Tendai Tafadzwa Rutendo Chipo Mamadou Aissatou Ousmane Fatou Boubacar
Amadou Ibrahima Seydou Haile Tesfaye Abebe Almaz Selam Dawit Isaias Abdi Hodan Carlos Juan Luis Miguel Jorge Alejandro Sofia Camila
Valentina Lucia Diego Andres Rosa Pedro Joaquim Paulo Fernanda Thiago Beatriz Evo Rigoberta Quispe Nestor Hernan Ximena Pablo Ivan
Sergei Dmitri Olga Natalia Yelena Vladimir Boris Andrei Oleksandr Mykola Oksana Petro Bohdan Andrzej Krzysztof Agnieszka Wojciech Jan
Pavel Vaclav Zuzana Laszlo Istvan Katalin Gabor Ion Mihai Elena Nicolae Dragan Slobodan Milica Zoran Goran Ivana Ante Franjo Edi
Ilir Arben Giorgos Eleni Nikos Alexis Marco Giulia Lorenzo Francesca Silvio Pierre Jean Francois Marie Claire Emmanuel Hans Klaus
Angela Ursula Heinrich Jens Lars Ingrid Sven Anders Bjorn Kirsten Mikko Aino Pekka Sauli Willem Pieter Johanna Sean Siobhan Aoife
Eamon Rhys Gwen Angus Fiona John Mary James Robert Patricia Michael Linda David Sarah William Elizabeth Richard Susan Tariku Moses""".split()
FAMILY = """al-Masri Haddad Khoury Najjar Mansour Saleh Aziz Rahman Ahmadi
Hosseini Karimi Moradi Tehrani Yilmaz Demir Kaya Ozturk Celik Arslan Kvirikashvili Beridze Petrosyan Sargsyan Mammadov Hasanov
Rakhmon Singh Sharma Patel Kumar Gupta Reddy Nair Iyer Chatterjee Banerjee Khan Malik Chaudhry Bhutto
Qureshi Perera Fernando Wickremesinghe Thapa Gurung Sherpa Wangchuk Wang Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun
Tanaka Suzuki Sato Watanabe Yamamoto Kobayashi Kim Park Lee Choi Jung Kang Tran Pham Hoang Vo Dang Sen Hun Chan Shinawatra
Chaiyasit Widodo Sukarno Wijaya Santoso Tan Lim Goh Razak Aquino Santos Reyes Cruz Mensah Owusu Asante Boateng
Okafor Adeyemi Okonkwo Balogun Eze Abubakar Bello Danjuma Mwangi Kimani Ouma Nyerere Mkapa Banda Phiri Mwale
Dlamini Khumalo Ndlovu Moyo Chirwa Diallo Traore Keita Toure Ouattara Sow Ndiaye Camara Conte Bah Tesfaye
Gebremariam Bekele Warsame Farah Garcia Rodriguez Martinez Hernandez Lopez Gonzalez Perez Sanchez Ramirez Torres Flores Rivera Gomez
Silva Souza Oliveira Pereira Costa Almeida Morales Mamani Choque Quispe Huanca Condori Castillo Vargas Mendoza Rojas Ivanov Petrov
Smirnov Kuznetsov Volkov Sokolov Shevchenko Kovalenko Bondarenko Tkachenko Kowalski Nowak Wisniewski Novak Svoboda Horvath Nagy
Szabo Toth Popescu Ionescu Georgiev Dimitrov Jovanovic Petrovic Nikolic Kovacevic Horvat Hoxha Berisha Papadopoulos Nikolaidis
Rossi Russo Ferrari Bianchi Esposito Martin Bernard Dubois Moreau Laurent Lefebvre Müller Schmidt Schneider Fischer Weber Meyer
Becker Johansson Andersson Nilsson Hansen Larsen Olsen Virtanen Korhonen Nieminen Jansen Bakker Visser Murphy Kelly Byrne Walsh
Davies Evans MacDonald Campbell Stewart Smith Johnson Brown Taylor Wilson Clark Harris Lewis Walker Young King Wright Hill Green""".split()
PLACES = """Aleppo Homs Mosul Basra Kirkuk Erbil Najaf Sana'a Aden Taiz Muscat Doha Manama Sharjah Jeddah Medina Amman Irbid Beirut
Tripoli Sidon Haifa Jaffa Nablus Hebron Ramallah Tehran Isfahan Shiraz Tabriz Mashhad Ankara Izmir Bursa Diyarbakir Tbilisi Batumi
Yerevan Gyumri Baku Ganja Astana Almaty Bishkek Osh Tashkent Samarkand Dushanbe Ashgabat Kabul Kandahar Herat Islamabad Lahore
Karachi Peshawar Quetta Delhi Mumbai Chennai Kolkata Lucknow Patna Dhaka Chittagong Colombo Jaffna Kandy Kathmandu Thimphu Yangon
Mandalay Bangkok Phuket Hanoi Hue Vientiane Manila Cebu Davao Jakarta Surabaya Medan Aceh Sarawak Sabah Penang Beijing Shanghai
Chengdu Wuhan Lhasa Urumqi Taipei Seoul Busan Pyongyang Tokyo Osaka Sapporo Ulaanbaatar Lagos Abuja Kano Kaduna Accra Kumasi Lome
Cotonou Dakar Bamako Gao Niamey Ouagadougou Conakry Freetown Monrovia Abidjan Bouake Douala Yaounde Libreville Kinshasa Goma Bukavu
Luanda Windhoek Gaborone Lusaka Harare Bulawayo Maputo Beira Lilongwe Blantyre Nairobi Mombasa Kisumu Kampala Gulu Kigali Bujumbura
Dodoma Arusha Zanzibar Mogadishu Kismayo Hargeisa Djibouti Addis Mekelle Asmara Khartoum Juba Cairo Alexandria Suez Benghazi Tunis
Sfax Algiers Oran Rabat Casablanca Nouakchott Bogota Medellin Cali Quito Guayaquil Lima Cusco Arequipa Sucre Cochabamba Asuncion
Santiago Valparaiso Montevideo Rosario Cordoba Caracas Maracaibo Managua Tegucigalpa Guatemala Chiapas Oaxaca Monterrey Havana
Port-au-Prince Kingston Kyiv Odesa Kharkiv Donetsk Lviv Minsk Chisinau Vilnius Riga Tallinn Warsaw Krakow Prague Bratislava Budapest
Szeged Bucharest Sofia Plovdiv Belgrade Nis Sarajevo Mostar Zagreb Split Tirana Skopje Pristina Athens Patras Rome Naples Turin
Lyon Marseille Lille Hamburg Dresden Cologne Oslo Bergen Uppsala Tampere Aarhus Rotterdam Ghent Cork Galway Leeds Cardiff Dundee
Syria Iraq Yemen Oman Qatar Kuwait Bahrain Jordan Lebanon Iran Turkey Georgia Armenia Azerbaijan Kazakhstan Uzbekistan Afghanistan
Pakistan India Nepal Bhutan Bangladesh Myanmar Thailand Laos Cambodia Vietnam Malaysia Indonesia Philippines China Japan Mongolia
Nigeria Ghana Togo Benin Senegal Mali Niger Guinea Liberia Cameroon Gabon Congo Angola Namibia Botswana Zambia Zimbabwe Mozambique
Malawi Kenya Uganda Rwanda Burundi Tanzania Somalia Ethiopia Eritrea Sudan Egypt Libya Tunisia Algeria Morocco Mauritania Colombia
Ecuador Peru Bolivia Paraguay Chile Uruguay Argentina Venezuela Brazil Guyana Nicaragua Honduras Mexico Cuba Haiti Jamaica Ukraine
Belarus Moldova Lithuania Latvia Estonia Poland Hungary Romania Bulgaria Serbia Bosnia Croatia Albania Greece Italy France Germany
Norway Sweden Finland Denmark Netherlands Belgium Ireland Scotland Wales Fiji Samoa Tonga Vanuatu""".split()
BODIES = """Ministry Bureau Council Commission Committee Authority Agency Party Front Union League Movement Bank University Institute
Company Corporation Group Airlines Court Army Police Assembly Association Federation Chamber Foundation Club Times Daily""".split()
FIELDS = """National Central People's Democratic Islamic Workers United Liberation Progressive Republican Development Press Energy Trade
Health Education Mining Water Human Rights Electoral Football Supreme Agricultural Labour Youth""".split()


def replace_names(s, rng):
    """The same sentence with other persons and one-word places, and now and then another made-up body; tags stay right,
    because a name keeps its number of words."""
    tags, words = s["ner"], list(s["words"])
    i = 0
    while i < len(words):
        if not tags[i].startswith("B-"):
            i += 1
            continue
        j = i + 1
        while j < len(words) and tags[j] == "I-" + tags[i][2:]:
            j += 1
        kind, plain = tags[i][2:], all(w[:1].isupper() and w.replace("-", "").isalpha() for w in words[i:j])
        if plain and kind == "PER" and j - i <= 3 and rng.random() < 0.7:
            new = [rng.choice(GIVEN) for _ in range(j - i - 1)] + [rng.choice(FAMILY)]
            words[i:j] = new if j - i > 1 else [rng.choice(FAMILY if rng.random() < 0.6 else GIVEN)]
        elif plain and kind == "LOC" and j - i == 1 and rng.random() < 0.7:
            words[i] = rng.choice(PLACES)
        elif plain and kind == "ORG" and 2 <= j - i <= 4 and rng.random() < 0.4:
            middle = [rng.choice(FIELDS) for _ in range(j - i - 2)]
            words[i:j] = [rng.choice(PLACES if rng.random() < 0.5 else FIELDS)] + middle + [rng.choice(BODIES)]
        i = j
    return dict(s, words=words)
